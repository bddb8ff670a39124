using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

/// <summary>An invitation of somebody who is a member of the tenant already to one of its teams; an <see cref="Invitation"/> brings in others.</summary>
public sealed class TeamInvitation : IInvitation, ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid TeamId { get; init; }

    /// <summary>Lower case; one pending invitation for each and team.</summary>
    public required string Email { get; init; }

    /// <summary>One of <see cref="TeamRole"/>.</summary>
    public string Role { get; set; } = TeamRole.Member;

    /// <summary>One of <see cref="InvitationStatus"/>.</summary>
    public string Status { get; set; } = InvitationStatus.Pending;

    public DateTimeOffset Expires { get; set; }

    public Guid InvitedBy { get; init; }

    /// <summary>SHA-256 of the token in the link.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>Overrides the onboarding path that the person would have. No foreign key, as for <see cref="Invitation"/>.</summary>
    public Guid? OnboardingPathId { get; init; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
