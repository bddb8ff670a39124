using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

public sealed class CreateTeamInvitationRequest
{
    /// <summary>Of a member of the tenant.</summary>
    [Required, StringLength(Identity.Email.MaximumLength), RegularExpression(Identity.Email.Pattern, ErrorMessage = Identity.Email.PatternMessage)]
    public string Email { get; set; } = "";

    /// <summary>Member if left out.</summary>
    [RegularExpression(TeamRoles.Pattern, ErrorMessage = TeamRoles.Message)]
    public string? Role { get; set; }

    /// <summary>The onboarding path to begin with in the team.</summary>
    public Guid? OnboardingPathId { get; set; }
}

internal sealed record TeamInvitationResponse(
    Guid Id, Guid TeamId, string Email, string Role, string Status, Guid? OnboardingPathId, Guid InvitedBy,
    DateTimeOffset Expires, DateTimeOffset Created, DateTimeOffset Updated)
{
    /// <param name="now">Decides which pending invitations have expired.</param>
    public static Expression<Func<TeamInvitation, TeamInvitationResponse>> FromInvitation(DateTimeOffset now) => invitation => new TeamInvitationResponse(
        invitation.Id, invitation.TeamId, invitation.Email, invitation.Role,
        invitation.Status == InvitationStatus.Pending && invitation.Expires <= now ? InvitationState.Expired : invitation.Status,
        invitation.OnboardingPathId, invitation.InvitedBy, invitation.Expires, invitation.Created, invitation.Updated);

    /// <summary>Of one that has just been made.</summary>
    public static TeamInvitationResponse FromOpen(TeamInvitation invitation) => new(
        invitation.Id, invitation.TeamId, invitation.Email, invitation.Role, invitation.Status,
        invitation.OnboardingPathId, invitation.InvitedBy, invitation.Expires, invitation.Created, invitation.Updated);
}
