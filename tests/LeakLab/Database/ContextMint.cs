using System.Security.Cryptography;
using System.Text;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Database;

/// <summary>What a context says, before anybody signs it.</summary>
public sealed record ContextClaims(string Scope, Guid? TenantId, Guid? UserId);

/// <summary>Signs contexts as the product does, and also those that the product never would: expired ones and those of other scopes.</summary>
internal sealed class ContextMint(string secret)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public string KeyId { get; } = new SigningKey(secret).Id;

    /// <summary>Of another key that the database accepts, if one is known.</summary>
    public string? OtherKeyId { get; init; }

    public static ContextMint WithUnknownKey() => new(RandomNumberGenerator.GetHexString(SigningKey.MinimumSecretLength));

    public string Mint(ContextClaims claims) => Mint(claims, Lifetime, KeyId);

    public string MintExpired(ContextClaims claims) => Mint(claims, -Lifetime, KeyId);

    /// <summary>Signed with this key, but under the name of another.</summary>
    public string MintAs(string keyId, ContextClaims claims) => Mint(claims, Lifetime, keyId);

    private string Mint(ContextClaims claims, TimeSpan lifetime, string keyId)
    {
        var expiry = (TimeProvider.System.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        var message = $"v1.{Text(claims.TenantId)}.{Text(claims.UserId)}.{claims.Scope}.{expiry}.{keyId}";
        var signature = HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.ASCII.GetBytes(message));
        return $"{message}.{Convert.ToHexStringLower(signature)}";
    }

    private static string Text(Guid? id) => id?.ToString() ?? "-";
}
