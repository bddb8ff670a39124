using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Onboarding;

/// <summary>Where a member stands with one step; whose progress it is, the session says.</summary>
public sealed class UserProgress : ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid SessionId { get; init; }

    public Guid StepId { get; init; }

    public string Status { get; set; } = ProgressStatus.NotStarted;

    /// <summary>Per cent; null until scored.</summary>
    public int? Score { get; set; }

    public int Attempts { get; set; }

    public int TimeSpentSeconds { get; set; }

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Completed { get; set; }

    /// <summary>Answer by <see cref="StepQuestion.Key"/>.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; set; } = new Dictionary<string, string>();

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public OnboardingSession Session { get; init; } = null!;

    public OnboardingStep Step { get; init; } = null!;
}

public static class ProgressStatus
{
    public const string NotStarted = "not_started";
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
    public const string Skipped = "skipped";
    public const string Failed = "failed";
}
