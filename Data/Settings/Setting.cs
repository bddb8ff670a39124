using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Settings;

/// <summary>How the product looks and speaks to a member, or to every member who has no row of their own.</summary>
public sealed class Setting : ITenantOwned, ITimestamped, IVersioned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Null in the tenant's own row, which serves members without one.</summary>
    public Guid? UserId { get; init; }

    public Preferences Preferences { get; set; } = new();

    public int Version { get; set; } = 1;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
