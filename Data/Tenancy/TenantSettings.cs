namespace TenantPlatform.Data.Tenancy;

/// <summary>How a tenant takes in people.</summary>
public sealed record TenantSettings
{
    /// <summary>Role of an invitation that names none.</summary>
    public string DefaultRole { get; init; } = TenantRole.Member;

    /// <summary>Days until an invitation expires.</summary>
    public int InvitationDays { get; init; } = 7;

    /// <summary>Domains of addresses that may be invited; null for all.</summary>
    public IReadOnlyList<string>? EmailDomains { get; init; }
}
