namespace TenantPlatform.ApiService.Authentication.Oidc;

/// <summary>What the issuer said about itself.</summary>
internal sealed record Issuer(string Name, IReadOnlyList<IssuerKey> Keys, DateTimeOffset Asked)
{
    public bool Has(string? keyId) => keyId is null || Keys.Any(key => key.Id == keyId);
}
