using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace TenantPlatform.ApiService.Authentication.Oidc;

/// <summary>A public key that the issuer signs with, of its JSON Web Key Set.</summary>
internal sealed record IssuerKey(string? Id, string? Algorithm, RSAParameters? Rsa, ECParameters? Curve, string? CurveName)
{
    private const int MinimumRsaBytes = 2048 / 8;

    /// <summary>Null when it is no key for signatures, or one that is not understood here: issuers publish those too.</summary>
    public static IssuerKey? Read(JsonElement key)
    {
        if (key.ValueKind is not JsonValueKind.Object || SignedToken.Text(key, "use") is not (null or "sig"))
        {
            return null;
        }

        var (id, algorithm) = (SignedToken.Text(key, "kid"), SignedToken.Text(key, "alg"));

        return SignedToken.Text(key, "kty") switch
        {
            "RSA" when Bytes(key, "n") is { Length: >= MinimumRsaBytes } modulus && Bytes(key, "e") is { } exponent =>
                new IssuerKey(id, algorithm, new RSAParameters { Modulus = modulus, Exponent = exponent }, null, null),
            "EC" when SignedToken.Text(key, "crv") is { } name && NamedCurve(name) is { } curve && Bytes(key, "x") is { } x && Bytes(key, "y") is { } y =>
                new IssuerKey(id, algorithm, null, new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } }, name),
            _ => null,
        };
    }

    public bool Signed(SignedToken token) =>
        (token.KeyId is null || token.KeyId == Id) && (Algorithm is null || Algorithm == token.Algorithm.Name) && Verify(token);

    // Imported for each token, because instances must not be shared between threads.
    private bool Verify(SignedToken token)
    {
        try
        {
            if (Rsa is { } rsaKey && token.Algorithm.Padding is { } padding)
            {
                using var rsa = RSA.Create(rsaKey);
                return rsa.VerifyData(token.Signed, token.Signature, token.Algorithm.Hash, padding);
            }

            if (Curve is { } curve && CurveName == token.Algorithm.Curve)
            {
                using var ecdsa = ECDsa.Create(curve);
                return ecdsa.VerifyData(token.Signed, token.Signature, token.Algorithm.Hash);
            }
        }
        catch (CryptographicException)
        {
            // The issuer publishes something that is no key.
        }

        return false;
    }

    private static ECCurve? NamedCurve(string name) => name switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        _ => null,
    };

    private static byte[]? Bytes(JsonElement key, string name) =>
        SignedToken.Text(key, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
