using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.Data.Access;

/// <summary>A named set of permissions: one of the system's, which every tenant has, or one that a tenant made for itself.</summary>
public sealed class Role : ITimestamped, IDecidesAccess
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Null for a system role.</summary>
    public Guid? TenantId { get; init; }

    /// <summary>How memberships refer to the role, so it never changes; unique among the tenant's roles that are not deleted.</summary>
    public required string Name { get; init; }

    public string? Description { get; set; }

    /// <summary>See <see cref="PermissionSet"/>.</summary>
    public IReadOnlyList<string> Permissions { get; set; } = [];

    public bool IsSystem { get; init; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    AccessChange IDecidesAccess.Change => TenantId is { } tenantId ? AccessChange.OfTenant(tenantId) : AccessChange.OfEverything;
}
