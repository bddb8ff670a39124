using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Usage;

/// <summary>How much a tenant uses of what its plan limits.</summary>
public sealed class UsageCounter : ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Metric { get; init; }

    /// <summary>First day of the period that is counted; null with <see cref="PeriodEnd"/> for a stock, such as members.</summary>
    public DateOnly? PeriodStart { get; init; }

    /// <summary>First day after the period.</summary>
    public DateOnly? PeriodEnd { get; init; }

    public long Used { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

public static class UsageMetric
{
    public const string Todos = "todos";
    public const string Members = "members";
    public const string StorageBytes = "storage_bytes";
}
