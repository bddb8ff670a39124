namespace TenantPlatform.Data.Billing;

/// <summary>How much a tenant may have; null is without limit.</summary>
public sealed record PlanLimits
{
    public int? Todos { get; init; }

    public int? Members { get; init; }

    /// <summary>Bytes.</summary>
    public long? Storage { get; init; }

    internal static string Check(string column) => $"""not {column} @? '$.* ? (@.type() != "number" || @ < 0)'""";
}
