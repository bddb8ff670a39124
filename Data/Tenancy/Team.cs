using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

public sealed class Team : ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Unique among the tenant's teams that are not deleted.</summary>
    public required string Name { get; set; }

    public string? Description { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
