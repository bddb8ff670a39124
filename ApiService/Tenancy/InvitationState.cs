using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>An invitation is open while it is pending and has not expired.</summary>
internal static class InvitationState
{
    /// <summary>A pending invitation whose time is over; no status of its own, as nobody is there to write it down.</summary>
    public const string Expired = "expired";

    /// <summary>Why an invitation cannot be answered any more; null while it is open.</summary>
    public static ProblemHttpResult? Refusal(string status, DateTimeOffset expires, DateTimeOffset now) => status switch
    {
        InvitationStatus.Accepted => ProblemType.InvitationGone.Result("It has been accepted already."),
        InvitationStatus.Rejected => ProblemType.InvitationGone.Result("It has been declined. Ask for a new one."),
        InvitationStatus.Canceled => ProblemType.InvitationGone.Result("It has been canceled. Ask for a new one."),
        _ when expires <= now => ProblemType.InvitationGone.Result(
            string.Create(CultureInfo.InvariantCulture, $"It was good until {expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Ask for a new one.")),
        _ => null,
    };

    /// <summary>Why it cannot be canceled; null when it can, again too, and when it has expired.</summary>
    public static ProblemHttpResult? RefusalToCancel(this IInvitation invitation) =>
        invitation.Status is InvitationStatus.Pending or InvitationStatus.Canceled
            ? null
            : Refusal(invitation.Status, invitation.Expires, invitation.Expires);
}
