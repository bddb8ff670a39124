using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>
/// What the person does to whom an invitation was sent. Nobody else gets a tenant's context without a membership: it is opened for
/// them here, because the tenant gave them the token for just that, and only after it has opened an invitation to their own verified
/// address. Nothing but the answer to that invitation is done in it.
/// </summary>
internal sealed class InvitationAcceptance(TenancyDb<PlatformDbContext> platform, MemberAdmission admission, TimeProvider time)
{
    /// <summary>Once, however often and however many at once: the answer is the same membership every time.</summary>
    public async Task<Results<Ok<AcceptedInvitationResponse>, ProblemHttpResult>> AcceptAsync(
        InvitationTokenRequest request, Guid userId, CancellationToken cancellationToken)
    {
        var (tenantId, hash) = (request.TenantId!.Value, InvitationToken.Hash(request.Token));

        if (await RefusalOfOthersAsync(tenantId, hash, userId, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await using var db = platform.Open(TenantContext.ForTenant(tenantId, userId));
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await FindAsync(db, hash, cancellationToken) is not { } invitation)
        {
            return Unknown();
        }

        if (await AdmitOnceAsync(db, invitation, userId, cancellationToken) is { } gone)
        {
            return gone;
        }

        var accepted = await DescribeAsync(db, invitation, userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return accepted is null
            ? ProblemType.InvitationGone.Result("It has been accepted, and the membership has ended or is suspended since. Ask for a new one.")
            : TypedResults.Ok(accepted);
    }

    /// <summary>Null when it is declined.</summary>
    public async Task<ProblemHttpResult?> RejectAsync(InvitationTokenRequest request, Guid userId, CancellationToken cancellationToken)
    {
        var (tenantId, hash) = (request.TenantId!.Value, InvitationToken.Hash(request.Token));

        if (await RefusalOfOthersAsync(tenantId, hash, userId, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await using var db = platform.Open(TenantContext.ForTenant(tenantId, userId));
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await FindAsync(db, hash, cancellationToken) is not { } invitation)
        {
            return Unknown();
        }

        if (invitation.Status != InvitationStatus.Rejected
            && InvitationState.Refusal(invitation.Status, invitation.Expires, time.GetUtcNow()) is { } gone)
        {
            return gone;
        }

        invitation.Status = InvitationStatus.Rejected;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    public static ProblemHttpResult Unknown() =>
        ProblemType.NotFound.Result("There is no such invitation. If it was sent several times, only the last message is good.");

    // In the user's own scope, where the token alone shows the invitation.
    private async Task<ProblemHttpResult?> RefusalOfOthersAsync(Guid tenantId, byte[] hash, Guid userId, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForUser(userId));

        if (await db.InvitationOffers(tenantId, hash).SingleOrDefaultAsync(cancellationToken) is not { } offer)
        {
            return Unknown();
        }

        var email = await db.Users.Where(user => user.Id == userId && user.EmailVerified != null).Select(user => user.Email)
            .SingleOrDefaultAsync(cancellationToken);

        return string.Equals(email, offer.Email, StringComparison.OrdinalIgnoreCase)
            ? null
            : ProblemType.WrongRecipient.Result("Sign in with the address it was sent to, or ask for one to yours. The address must be verified.");
    }

    private static async Task<IInvitation?> FindAsync(PlatformDbContext db, byte[] hash, CancellationToken cancellationToken) =>
        await db.Invitations.SingleOrDefaultAsync(invitation => invitation.TokenHash == hash, cancellationToken)
            ?? (IInvitation?)await db.TeamInvitations.SingleOrDefaultAsync(invitation => invitation.TokenHash == hash, cancellationToken);

    private async Task<ProblemHttpResult?> AdmitOnceAsync(
        PlatformDbContext db, IInvitation invitation, Guid userId, CancellationToken cancellationToken)
    {
        if (invitation.Status == InvitationStatus.Accepted)
        {
            return null;
        }

        var refusal = InvitationState.Refusal(invitation.Status, invitation.Expires, time.GetUtcNow())
            ?? (invitation is TeamInvitation toTeam
                ? await JoinTeamAsync(db, toTeam, userId, cancellationToken)
                : await JoinTenantAsync(db, (Invitation)invitation, userId, cancellationToken));

        if (refusal is null)
        {
            invitation.Status = InvitationStatus.Accepted;
            await db.SaveChangesAsync(cancellationToken);
        }

        return refusal;
    }

    private async Task<ProblemHttpResult?> JoinTenantAsync(
        PlatformDbContext db, Invitation invitation, Guid userId, CancellationToken cancellationToken)
    {
        var refusal = await db.RefusalOfInviterAsync(invitation.InvitedBy, InvitationRules.Write, [invitation.Role], cancellationToken)
            ?? (await admission.AdmitAsync(db, userId, [invitation.Role], cancellationToken)).Refusal();

        // A team that is gone by now keeps nobody out of the tenant.
        if (refusal is null && invitation.TeamId is { } team)
        {
            await JoinOnceAsync(db, team, userId, TeamRole.Member, cancellationToken);
        }

        return refusal;
    }

    private static async Task<ProblemHttpResult?> JoinTeamAsync(
        PlatformDbContext db, TeamInvitation invitation, Guid userId, CancellationToken cancellationToken)
    {
        if (!await db.TenantUsers.AnyAsync(
            member => member.TenantId == db.TenantId && member.UserId == userId && member.Status == TenantUserStatus.Active, cancellationToken))
        {
            return ProblemType.InvitationGone.Result("It is for members of the tenant only. Ask for an invitation to the tenant.");
        }

        return await db.RefusalOfInviterAsync(invitation.InvitedBy, TeamEndpoints.Write, [], cancellationToken)
            ?? (await JoinOnceAsync(db, invitation.TeamId, userId, invitation.Role, cancellationToken)
                ? null
                : ProblemType.InvitationGone.Result("The team does not exist any more."));
    }

    // Who is in the team already keeps their role. False when there is no such team.
    private static async Task<bool> JoinOnceAsync(PlatformDbContext db, Guid teamId, Guid userId, string role, CancellationToken cancellationToken) =>
        await db.IsInTeamAsync(teamId, userId, cancellationToken) || await db.JoinTeamAsync(teamId, userId, role, cancellationToken) is not null;

    // Null for who is no active member (any more).
    private static async Task<AcceptedInvitationResponse?> DescribeAsync(
        PlatformDbContext db, IInvitation invitation, Guid userId, CancellationToken cancellationToken)
    {
        var tenant = await db.TenantUsers
            .Where(member => member.TenantId == db.TenantId && member.UserId == userId && member.Status == TenantUserStatus.Active)
            .Select(TenantResponse.FromMembership)
            .SingleOrDefaultAsync(cancellationToken);
        var teamId = invitation is TeamInvitation toTeam ? toTeam.TeamId : ((Invitation)invitation).TeamId;
        var joined = teamId is { } id && await db.IsInTeamAsync(id, userId, cancellationToken);

        return tenant is null ? null : new AcceptedInvitationResponse(tenant, joined ? teamId : null, invitation.OnboardingPathId);
    }
}
