using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Identity;
using TenantPlatform.ApiService.Notifications;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>
/// How members are asked to join a team, where they are not just put into it. In a transaction under <see cref="MemberLock"/>,
/// which the caller saves and commits.
/// </summary>
internal sealed class TeamInvitationIssuer(Outbox outbox, TimeProvider time)
{
    /// <summary>Why the person cannot be asked; null when they can.</summary>
    public static async Task<ProblemHttpResult?> RefusalAsync(
        PlatformDbContext db, CurrentTenant current, Team team, CreateTeamInvitationRequest request, CancellationToken cancellationToken)
    {
        if (!(await db.CallersPermissionsAsync(current, cancellationToken)).Implies(TeamEndpoints.Write))
        {
            return ProblemType.MissingPermission.Result();
        }

        if (request.OnboardingPathId is { } path && !(await db.OnboardingPathsAsync([path], cancellationToken)).Contains(path))
        {
            return ProblemType.Invalid("onboardingPathId", "There is no such onboarding path in the tenant.");
        }

        return await RefusalOfPersonAsync(db, team, Email.Normalize(request.Email), cancellationToken);
    }

    /// <summary>Instead of one that has expired, if there is one.</summary>
    public async Task<TeamInvitation> IssueAsync(
        PlatformDbContext db, CurrentTenant current, Team team, CreateTeamInvitationRequest request, CancellationToken cancellationToken)
    {
        var letterhead = await db.LetterheadAsync(current, cancellationToken);
        var (email, token, now) = (Email.Normalize(request.Email), InvitationToken.Generate(), time.GetUtcNow());
        await db.TeamInvitations
            .Where(old => old.TeamId == team.Id && old.Email == email && old.Status == InvitationStatus.Pending && old.Expires <= now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(old => old.Status, InvitationStatus.Canceled).SetProperty(old => old.Updated, now), cancellationToken);

        var invitation = new TeamInvitation
        {
            TenantId = db.TenantId,
            TeamId = team.Id,
            Email = email,
            Role = request.Role ?? TeamRole.Member,
            OnboardingPathId = request.OnboardingPathId,
            InvitedBy = current.Context.UserId!.Value,
            TokenHash = InvitationToken.Hash(token),
            Expires = now.AddDays(letterhead.Settings.InvitationDays),
        };
        db.TeamInvitations.Add(invitation);
        var values = letterhead.Values(db.TenantId, token, invitation.Expires);
        values["team"] = Letterhead.OneLine(team.Name);
        outbox.Add(db, new Notification(NotificationKind.TeamInvitation, email, values));
        return invitation;
    }

    private static async Task<ProblemHttpResult?> RefusalOfPersonAsync(
        PlatformDbContext db, Team team, string email, CancellationToken cancellationToken)
    {
        var person = await db.TenantUsers
            .Where(member => member.TenantId == db.TenantId && member.Status == TenantUserStatus.Active)
            .Join(db.MemberProfiles(), member => member.UserId, profile => profile.UserId, (_, profile) => profile)
            .Where(profile => profile.Email == email)
            .Select(profile => (Guid?)profile.UserId)
            .FirstOrDefaultAsync(cancellationToken);

        if (person is not { } userId)
        {
            return ProblemType.Invalid("email", "Nobody with this address is an active member of the tenant: invite them to the tenant, and name the team.");
        }

        return await db.IsInTeamAsync(team.Id, userId, cancellationToken)
            ? ProblemType.Invalid("email", "This member is in the team already.")
            : null;
    }
}
