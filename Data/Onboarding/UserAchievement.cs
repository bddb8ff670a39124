using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Onboarding;

/// <summary>A milestone that a member has reached.</summary>
public sealed class UserAchievement : ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    public Guid MilestoneId { get; init; }

    /// <summary>What the milestone was worth when it was reached.</summary>
    public int Points { get; init; }

    public DateTimeOffset Achieved { get; init; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public OnboardingMilestone Milestone { get; init; } = null!;
}
