using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Onboarding;

public sealed class OnboardingStep : ITenantOwned, ITimestamped, IVersioned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid PathId { get; init; }

    /// <summary>Place in the path, unique there; gaps are welcome, they make moving a step one update.</summary>
    public int Position { get; set; }

    public required string Title { get; set; }

    public string? Description { get; set; }

    public required string Type { get; set; }

    public int? EstimatedMinutes { get; set; }

    public bool Required { get; set; } = true;

    /// <summary>Per cent that a newcomer must reach; null where nothing is scored.</summary>
    public int? PassingScore { get; set; }

    /// <summary>The step that must be done before this one.</summary>
    public Guid? PrerequisiteId { get; set; }

    public StepConfiguration Configuration { get; set; } = new();

    public int Version { get; set; } = 1;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public OnboardingPath Path { get; init; } = null!;

    public OnboardingStep? Prerequisite { get; set; }
}

public static class StepType
{
    public const string Article = "article";
    public const string Video = "video";
    public const string Form = "form";
    public const string Quiz = "quiz";
    public const string Task = "task";
    public const string Tour = "tour";
}
