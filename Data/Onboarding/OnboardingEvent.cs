using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Onboarding;

/// <summary>Something that happened in onboarding, for analytics. Never changed; goes with the session it tells of.</summary>
public sealed class OnboardingEvent : ITenantOwned, ICreated
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid SessionId { get; init; }

    /// <summary>Null for what happened to the session as a whole.</summary>
    public Guid? StepId { get; init; }

    public required string Type { get; init; }

    public int? DurationSeconds { get; init; }

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    public DateTimeOffset Created { get; set; }

    public OnboardingSession Session { get; init; } = null!;

    public OnboardingStep? Step { get; init; }
}

public static class OnboardingEventType
{
    public const string SessionStarted = "session_started";
    public const string SessionCompleted = "session_completed";
    public const string SessionAbandoned = "session_abandoned";
    public const string StepStarted = "step_started";
    public const string StepCompleted = "step_completed";
    public const string StepSkipped = "step_skipped";
    public const string StepFailed = "step_failed";
}
