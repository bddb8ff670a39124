using System.Collections.Frozen;
using System.Security.Cryptography;

namespace TenantPlatform.ApiService.Authentication.Oidc;

/// <summary>
/// The signatures that are accepted: those made with a private key. Not none, and not HS256, for which anybody could use the
/// issuer's public key as the secret.
/// </summary>
internal sealed record SignatureAlgorithm(string Name, HashAlgorithmName Hash, RSASignaturePadding? Padding, string? Curve)
{
    private static readonly FrozenDictionary<string, SignatureAlgorithm> All = new SignatureAlgorithm[]
    {
        new("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, null),
        new("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1, null),
        new("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, null),
        new("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss, null),
        new("PS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pss, null),
        new("PS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pss, null),
        new("ES256", HashAlgorithmName.SHA256, null, "P-256"),
        new("ES384", HashAlgorithmName.SHA384, null, "P-384"),
        new("ES512", HashAlgorithmName.SHA512, null, "P-521"),
    }.ToFrozenDictionary(algorithm => algorithm.Name);

    public static SignatureAlgorithm? Find(string? name) => name is null ? null : All.GetValueOrDefault(name);
}
