namespace TenantPlatform.LeakLab.Database;

public sealed record LabOptions
{
    /// <summary>Names of the tables to attack, without schema; null for all.</summary>
    public IReadOnlySet<string>? Tables { get; init; }

    /// <summary>Ends at the first leak, or at the first control that fails; the report is then incomplete.</summary>
    public bool StopAtFirstFailure { get; init; }

    /// <summary>How many tables are attacked at once.</summary>
    public int Workers { get; init; } = 3;
}
