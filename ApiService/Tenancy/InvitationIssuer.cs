using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Identity;
using TenantPlatform.ApiService.Notifications;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>Either the invitation or why there is none.</summary>
internal sealed record IssuedInvitation(string Email, Invitation? Invitation, ProblemHttpResult? Refusal);

/// <summary>How invitations are made and sent, and sent again. In a transaction under <see cref="MemberLock"/>, which the caller saves and commits.</summary>
internal sealed class InvitationIssuer(Outbox outbox, TimeProvider time)
{
    /// <summary>Each on its own merits: one that is refused does not keep the others from being sent.</summary>
    public async Task<List<IssuedInvitation>> IssueAsync(
        PlatformDbContext db, CurrentTenant current, IEnumerable<CreateInvitationRequest> requests, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var letterhead = await db.LetterheadAsync(current, cancellationToken);
        var settings = letterhead.Settings;
        var wishes = requests.Select(request => new InvitationWish(
            Email.Normalize(request.Email), request.Role ?? settings.DefaultRole, request.TeamId, request.OnboardingPathId)).ToList();
        var rules = new InvitationRules(await InvitationFacts.ReadAsync(db, current, settings, wishes, now, cancellationToken));
        var issued = wishes.Select(wish => rules.Refusal(wish) is { } refusal
            ? new IssuedInvitation(wish.Email, null, refusal)
            : new IssuedInvitation(wish.Email, Add(db, current, letterhead, wish), null)).ToList();

        // The expired ones keep their addresses from being invited until then.
        var replaced = issued.Where(one => one.Invitation is not null).Select(one => one.Email).ToHashSet();
        await db.Invitations.Where(old => replaced.Contains(old.Email) && old.Status == InvitationStatus.Pending).ExecuteUpdateAsync(
            set => set.SetProperty(old => old.Status, InvitationStatus.Canceled).SetProperty(old => old.Updated, now), cancellationToken);
        return issued;
    }

    /// <summary>With a new token, so that the former one is good for nothing. Null when it was sent.</summary>
    public async Task<ProblemHttpResult?> ResendAsync(
        PlatformDbContext db, CurrentTenant current, Invitation invitation, CancellationToken cancellationToken)
    {
        // Whether its time is over is of no account: it begins anew.
        if (InvitationState.Refusal(invitation.Status, DateTimeOffset.MaxValue, time.GetUtcNow()) is { } answered)
        {
            return answered;
        }

        var letterhead = await db.LetterheadAsync(current, cancellationToken);
        var wish = InvitationWish.Of(invitation);
        var rules = new InvitationRules(await InvitationFacts.ReadAsync(db, current, letterhead.Settings, [wish], time.GetUtcNow(), cancellationToken));

        var refusal = rules.RefusalToResend(wish)
            ?? await db.RefusalOfInviterAsync(invitation.InvitedBy, InvitationRules.Write, [invitation.Role], cancellationToken);

        if (refusal is not null)
        {
            return refusal;
        }

        var token = InvitationToken.Generate();
        (invitation.TokenHash, invitation.Expires) = (InvitationToken.Hash(token), time.GetUtcNow().AddDays(letterhead.Settings.InvitationDays));
        Send(db, letterhead, invitation, token);
        return null;
    }

    private Invitation Add(PlatformDbContext db, CurrentTenant current, Letterhead letterhead, InvitationWish wish)
    {
        var token = InvitationToken.Generate();
        var invitation = new Invitation
        {
            TenantId = db.TenantId,
            Email = wish.Email,
            Role = wish.Role,
            TeamId = wish.TeamId,
            OnboardingPathId = wish.OnboardingPathId,
            InvitedBy = current.Context.UserId!.Value,
            TokenHash = InvitationToken.Hash(token),
            Expires = time.GetUtcNow().AddDays(letterhead.Settings.InvitationDays),
        };
        db.Invitations.Add(invitation);
        Send(db, letterhead, invitation, token);
        return invitation;
    }

    private void Send(PlatformDbContext db, Letterhead letterhead, Invitation invitation, string token) =>
        outbox.Add(db, new Notification(
            NotificationKind.Invitation, invitation.Email, letterhead.Values(invitation.TenantId, token, invitation.Expires)));
}
