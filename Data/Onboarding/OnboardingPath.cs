using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Onboarding;

/// <summary>A journey of a tenant's newcomers, made of steps.</summary>
public sealed class OnboardingPath : ITenantOwned, ITimestamped, IVersioned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>Key of the role whose holders the path is for; null for everyone.</summary>
    public string? TargetRole { get; set; }

    public string Status { get; set; } = PublicationStatus.Draft;

    public int? EstimatedMinutes { get; set; }

    public Guid? CreatedBy { get; set; }

    public int Version { get; set; } = 1;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

public static class PublicationStatus
{
    public const string Draft = "draft";
    public const string Published = "published";
    public const string Archived = "archived";
}
