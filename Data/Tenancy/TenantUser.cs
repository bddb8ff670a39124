using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.Data.Tenancy;

/// <summary>
/// A user's membership of a tenant. People columns of tenant-owned tables reference it, so a stranger cannot be assigned
/// anything. One row per person and tenant: who comes back has the old row un-deleted.
/// </summary>
public sealed class TenantUser : ITimestamped, IDecidesAccess
{
    public Guid TenantId { get; init; }

    public Guid UserId { get; init; }

    /// <summary>Names of <see cref="Access.Role"/>s.</summary>
    public required string[] Roles { get; set; }

    /// <summary>The address under which the tenant knows the member, when it differs from the user's.</summary>
    public string? Email { get; set; }

    public string Status { get; set; } = TenantUserStatus.Active;

    /// <summary>When the person last became a member; the database's time of the insert unless set.</summary>
    public DateTimeOffset Joined { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public Tenant Tenant { get; init; } = null!;

    AccessChange IDecidesAccess.Change => AccessChange.OfUser(UserId);
}

public static class TenantUserStatus
{
    public const string Active = "active";
    public const string Suspended = "suspended";
}

/// <summary>The system roles, which every tenant has.</summary>
public static class TenantRole
{
    public const string Owner = "owner";
    public const string Admin = "admin";
    public const string Member = "member";
    public const string Viewer = "viewer";
}
