namespace TenantPlatform.Data.Tenancy;

/// <summary>A user's membership of a tenant. People columns of tenant-owned tables reference it, so a stranger cannot be assigned anything.</summary>
public sealed class TenantUser : ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid UserId { get; init; }

    public required string[] Roles { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public Tenant Tenant { get; init; } = null!;
}

public static class TenantRole
{
    public const string Owner = "owner";
}
