using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>For those who ask members to join a team; they answer as all do who are invited, at <see cref="InvitationAnswerEndpoints"/>.</summary>
internal static class TeamInvitationEndpoints
{
    /// <summary>Below the group of teams, whose rules they share.</summary>
    public static void MapTeamInvitations(this RouteGroupBuilder teams)
    {
        var invitations = teams.MapGroup("/{id:guid}/invitations");
        invitations.MapGet("/", ListTeamInvitations).RequirePermission(TeamEndpoints.Read).WithName(nameof(ListTeamInvitations));
        invitations.MapPost("/", CreateTeamInvitation).RequirePermission(TeamEndpoints.Write).WithName(nameof(CreateTeamInvitation))
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        invitations.MapDelete("/{invitationId:guid}", CancelTeamInvitation).RequirePermission(TeamEndpoints.Write).WithName(nameof(CancelTeamInvitation))
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<Page<TeamInvitationResponse>>, NotFound, ProblemHttpResult>> ListTeamInvitations(
        Guid id, [AsParameters] PageRequest page, CurrentTenant current, TenancyDb<PlatformDbContext> platform, CursorCodec cursors,
        TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var list = $"invitations to team {id} of {db.TenantId}";

        if (!cursors.TryRead(page, list, out var cursor))
        {
            return ProblemType.InvalidCursor.Result();
        }

        if (!await db.Teams.AnyAsync(team => team.Id == id, cancellationToken))
        {
            return TypedResults.NotFound();
        }

        var invitations = db.TeamInvitations.Where(invitation => invitation.TeamId == id);

        if (cursor is { } after)
        {
            invitations = invitations.Where(invitation => EF.Functions.LessThan(
                ValueTuple.Create(invitation.Created, invitation.Id), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await invitations
            .OrderByDescending(invitation => invitation.Created).ThenByDescending(invitation => invitation.Id)
            .Take(page.Size + 1)
            .Select(TeamInvitationResponse.FromInvitation(time.GetUtcNow()))
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, list, invitation => new PageCursor(invitation.Created, invitation.Id)));
    }

    private static async Task<Results<Created<TeamInvitationResponse>, NotFound, ProblemHttpResult>> CreateTeamInvitation(
        Guid id, CreateTeamInvitationRequest request, CurrentTenant current, TenancyDb<PlatformDbContext> platform, TeamInvitationIssuer issuer,
        InvitationAllowance allowance, HttpResponse response, CancellationToken cancellationToken)
    {
        if (allowance.Refusal(current.Context.TenantId!.Value, 1, response) is { } tooMany)
        {
            return tooMany;
        }

        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.Teams.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } team)
        {
            return TypedResults.NotFound();
        }

        if (await TeamInvitationIssuer.RefusalAsync(db, current, team, request, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var invitation = await issuer.IssueAsync(db, current, team, request, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Created((string?)null, TeamInvitationResponse.FromOpen(invitation));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> CancelTeamInvitation(
        Guid id, Guid invitationId, CurrentTenant current, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.TeamInvitations.SingleOrDefaultAsync(row => row.Id == invitationId && row.TeamId == id, cancellationToken) is not { } invitation)
        {
            return TypedResults.NotFound();
        }

        if (invitation.RefusalToCancel() is { } answered)
        {
            return answered;
        }

        invitation.Status = InvitationStatus.Canceled;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.NoContent();
    }
}
