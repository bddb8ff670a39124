using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Onboarding;

/// <summary>A piece of what a step shows, in one language.</summary>
public sealed class OnboardingContent : ITenantOwned, ITimestamped, IVersioned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid StepId { get; init; }

    /// <summary>A BCP 47 tag, such as en or pt-BR.</summary>
    public string Language { get; init; } = "en";

    public int Position { get; set; }

    public required string Type { get; set; }

    public string? Title { get; set; }

    public string? Body { get; set; }

    public string? Url { get; set; }

    public int? DurationSeconds { get; set; }

    public string Status { get; set; } = PublicationStatus.Draft;

    public int Version { get; set; } = 1;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public OnboardingStep Step { get; init; } = null!;
}

public static class ContentType
{
    public const string Text = "text";
    public const string Image = "image";
    public const string Video = "video";
    public const string Document = "document";
    public const string Link = "link";
    public const string Interactive = "interactive";
}
