using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Onboarding;

/// <summary>What newcomers are honoured for.</summary>
public sealed class OnboardingMilestone : ITenantOwned, ITimestamped, IVersioned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Null for a milestone that any path can reach.</summary>
    public Guid? PathId { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public required string Criterion { get; set; }

    /// <summary>Steps, per cent or paths, depending on <see cref="Criterion"/>.</summary>
    public int Threshold { get; set; } = 1;

    public int Points { get; set; }

    public string? BadgeUrl { get; set; }

    public int Version { get; set; } = 1;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public OnboardingPath? Path { get; init; }
}

public static class MilestoneCriterion
{
    public const string StepsCompleted = "steps_completed";
    public const string ScoreReached = "score_reached";
    public const string PathsCompleted = "paths_completed";
}
