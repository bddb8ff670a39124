using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Reporting;

/// <summary>An agency's report to one client about one week.</summary>
public sealed class ReportWeek : ITenantOwned, ITimestamped, IVersioned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DateOnly WeekEndingDate { get; init; }

    public string Status { get; set; } = ReportStatus.Draft;

    public string? Summary { get; set; }

    public DateTimeOffset? Published { get; set; }

    public int Version { get; set; } = 1;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

public static class ReportStatus
{
    public const string Draft = "draft";
    public const string Ready = "ready";
    public const string Published = "published";
}
