using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace TenantPlatform.ApiService.Tests.Authentication.Oidc;

/// <summary>A key that an issuer signs with, and the form in which it publishes it.</summary>
internal sealed record TestKey(string Id, string Algorithm, Func<byte[], byte[]> Sign, JsonObject Published)
{
    public static TestKey NewRsa(string? id = null, int size = 2048)
    {
        var (key, name) = (RSA.Create(size), id ?? NewId());
        var parameters = key.ExportParameters(false);
        return new TestKey(name, "RS256", data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = name,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        });
    }

    public static TestKey NewCurve()
    {
        var (key, name) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), NewId());
        var point = key.ExportParameters(false).Q;
        return new TestKey(name, "ES256", data => key.SignData(data, HashAlgorithmName.SHA256), new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = name,
            ["alg"] = "ES256",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        });
    }

    private static string NewId() => Guid.NewGuid().ToString("N");
}
