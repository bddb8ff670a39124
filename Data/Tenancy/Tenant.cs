namespace TenantPlatform.Data.Tenancy;

/// <summary>A customer of the product: an organization, workspace or agency client.</summary>
public sealed class Tenant : ITimestamped
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Short public id, see <see cref="TenantKey"/>. Never changes.</summary>
    public required string Key { get; init; }

    /// <summary>Readable name in URLs; unique among tenants that are not deleted.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    public string Status { get; set; } = TenantStatus.Active;

    /// <summary>Where the tenant's rows live; read by tenancy.enter inside the database, never by requests.</summary>
    public string Placement { get; set; } = TenantPlacement.Pooled;

    public Guid? CreatedBy { get; init; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

public static class TenantStatus
{
    public const string Active = "active";
    public const string Suspended = "suspended";
}

public static class TenantPlacement
{
    public const string Pooled = "pooled";
    public const string Dedicated = "dedicated";
}
