using System.ComponentModel.DataAnnotations;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

public sealed record InvitationFilter
{
    [RegularExpression("^(pending|expired|accepted|rejected|canceled)$", ErrorMessage = "The status is pending, expired, accepted, rejected or canceled.")]
    public string? Status { get; init; }

    /// <summary>A whole address.</summary>
    [StringLength(Identity.Email.MaximumLength)]
    public string? Email { get; init; }

    internal IQueryable<Invitation> ApplyTo(IQueryable<Invitation> invitations, DateTimeOffset now)
    {
        if (Email is { } typed)
        {
            var email = Identity.Email.Normalize(typed);
            invitations = invitations.Where(invitation => invitation.Email == email);
        }

        return Status switch
        {
            null => invitations,
            InvitationStatus.Pending => invitations.Where(invitation => invitation.Status == InvitationStatus.Pending && invitation.Expires > now),
            InvitationState.Expired => invitations.Where(invitation => invitation.Status == InvitationStatus.Pending && invitation.Expires <= now),
            var status => invitations.Where(invitation => invitation.Status == status),
        };
    }

    /// <summary>Names the list that this filter makes of a tenant's invitations, for its cursors.</summary>
    internal string ListOf(Guid tenantId) => $"invitations of {tenantId}|{Status}|{Email}";
}
