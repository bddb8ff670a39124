namespace TenantPlatform.Data.Tenancy;

/// <summary>What members of a tenant may know of one another, former members included; see <see cref="PlatformDbContext.MemberProfiles"/>.</summary>
public sealed class MemberProfile
{
    public Guid UserId { get; init; }

    public required string Email { get; init; }

    public string? Name { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? Picture { get; init; }
}
