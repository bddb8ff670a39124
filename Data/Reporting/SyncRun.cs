using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Reporting;

/// <summary>One attempt to fetch a week from the source system.</summary>
public sealed class SyncRun : ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid? ReportWeekId { get; init; }

    public string Trigger { get; init; } = SyncTrigger.Schedule;

    public string Status { get; set; } = SyncStatus.Running;

    public DateTimeOffset Started { get; init; }

    public DateTimeOffset? Finished { get; set; }

    public int RecordsFetched { get; set; }

    public string? Error { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public ReportWeek? ReportWeek { get; init; }
}

public static class SyncTrigger
{
    public const string Schedule = "schedule";
    public const string Manual = "manual";
}

public static class SyncStatus
{
    public const string Running = "running";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}
