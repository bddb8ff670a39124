namespace TenantPlatform.Data.Onboarding;

/// <summary>What a step needs beyond its columns, depending on its type.</summary>
public sealed record StepConfiguration
{
    public string? ActionLabel { get; init; }

    public string? ActionUrl { get; init; }

    public int? MaxAttempts { get; init; }

    /// <summary>What a form or quiz asks.</summary>
    public IReadOnlyList<StepQuestion>? Questions { get; init; }
}

/// <param name="Key">The name of the question in <see cref="UserProgress.Answers"/>.</param>
/// <param name="Options">What can be chosen; null for free text.</param>
/// <param name="Answer">The right option of a quiz; null in a form.</param>
public sealed record StepQuestion(string Key, string Prompt, IReadOnlyList<string>? Options = null, string? Answer = null);
