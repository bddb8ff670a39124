namespace TenantPlatform.Data.Billing;

/// <summary>What a tenant can subscribe to. The worker keeps the rows as its reference data says; nobody else writes them.</summary>
public sealed class Plan : ITimestamped
{
    public const string Free = "free";
    public const string Pro = "pro";
    public const string Enterprise = "enterprise";

    public required string Key { get; init; }

    public required string Name { get; set; }

    public required string Description { get; set; }

    public required PlanLimits Limits { get; set; }

    /// <summary>Place in a list of plans, from small to large.</summary>
    public int Position { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
