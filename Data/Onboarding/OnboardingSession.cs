using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Onboarding;

/// <summary>A member's way through a path.</summary>
public sealed class OnboardingSession : ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    public Guid PathId { get; init; }

    public Guid? CurrentStepId { get; set; }

    public string Status { get; set; } = OnboardingSessionStatus.InProgress;

    public int ProgressPercentage { get; set; }

    public int TimeSpentSeconds { get; set; }

    public DateTimeOffset Started { get; init; }

    public DateTimeOffset LastActive { get; set; }

    public DateTimeOffset? Completed { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public OnboardingPath Path { get; init; } = null!;

    public OnboardingStep? CurrentStep { get; set; }
}

public static class OnboardingSessionStatus
{
    public const string InProgress = "in_progress";
    public const string Paused = "paused";
    public const string Completed = "completed";
    public const string Abandoned = "abandoned";
}
