namespace TenantPlatform.Data.Audit;

/// <summary>An error that someone should look at. Unlike a log line it can be resolved.</summary>
public sealed class ErrorLog : ITimestamped
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid? TenantId { get; init; }

    public Guid? UserId { get; init; }

    public string Severity { get; init; } = ErrorSeverity.Error;

    /// <summary>The service that failed.</summary>
    public required string Source { get; init; }

    /// <summary>The kind of error, such as the name of the exception's type.</summary>
    public required string Type { get; init; }

    public required string Message { get; init; }

    public string? Stack { get; init; }

    public string? TraceId { get; init; }

    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    public DateTimeOffset? Resolved { get; set; }

    public Guid? ResolvedBy { get; set; }

    public string? Resolution { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

public static class ErrorSeverity
{
    public const string Warning = "warning";
    public const string Error = "error";
    public const string Critical = "critical";
}
