namespace TenantPlatform.Data.Tenancy;

/// <summary>What the holder of an invitation's link may know before answering; see <see cref="PlatformDbContext.InvitationOffers"/>.</summary>
public sealed class InvitationOffer
{
    public Guid InvitationId { get; init; }

    public required string TenantName { get; init; }

    public string? TenantLogo { get; init; }

    /// <summary>Null for an invitation to the tenant alone.</summary>
    public string? TeamName { get; init; }

    public required string Email { get; init; }

    public required string Role { get; init; }

    public required string Status { get; init; }

    public DateTimeOffset Expires { get; init; }

    public string? InvitedByName { get; init; }
}
