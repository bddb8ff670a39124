using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

internal static class TeamEndpoints
{
    public const string Read = "teams:read";
    public const string Write = "teams:write";

    public static RouteGroupBuilder MapTeams(this IEndpointRouteBuilder routes)
    {
        var teams = routes.MapGroup("/tenants/{tenant}/teams").WithTags("Teams")
            .RequireRateLimiting(TenantRateLimit.Policy)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

        teams.MapGet("/", ListTeams).RequirePermission(Read).WithName(nameof(ListTeams));
        teams.MapGet("/{id:guid}", GetTeam).RequirePermission(Read).WithName(nameof(GetTeam));
        teams.MapPost("/", CreateTeam).RequirePermission(Write).WithName(nameof(CreateTeam));
        teams.MapPut("/{id:guid}", UpdateTeam).RequirePermission(Write).WithName(nameof(UpdateTeam))
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithDescription("Replaces name and description. With If-Match, only while nobody else has changed them.");
        teams.MapDelete("/{id:guid}", DeleteTeam).RequirePermission(Write).WithName(nameof(DeleteTeam));
        teams.MapTeamMembers();
        teams.MapTeamInvitations();

        return teams;
    }

    private static async Task<Results<Ok<Page<TeamResponse>>, ProblemHttpResult>> ListTeams(
        [AsParameters] PageRequest page, CurrentTenant current, TenancyDb<PlatformDbContext> platform, CursorCodec cursors,
        CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var list = $"teams of {db.TenantId}";

        if (!cursors.TryRead(page, list, out var cursor))
        {
            return ProblemType.InvalidCursor.Result();
        }

        IQueryable<Team> teams = db.Teams;

        if (cursor is { } after)
        {
            teams = teams.Where(team => EF.Functions.LessThan(ValueTuple.Create(team.Created, team.Id), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await teams
            .OrderByDescending(team => team.Created).ThenByDescending(team => team.Id)
            .Take(page.Size + 1)
            .Select(TeamResponse.FromTeam)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, list, team => new PageCursor(team.Created, team.Id)));
    }

    private static async Task<Results<Ok<TeamResponse>, NotFound>> GetTeam(
        Guid id, CurrentTenant current, TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);

        if (await db.DescribeTeamAsync(id, cancellationToken) is not { } team)
        {
            return TypedResults.NotFound();
        }

        response.SetETag(team.Updated);
        return TypedResults.Ok(team);
    }

    private static async Task<Created<TeamResponse>> CreateTeam(
        string tenant, CreateTeamRequest request, CurrentTenant current, TenancyDb<PlatformDbContext> platform, HttpResponse response,
        CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var team = new Team { TenantId = db.TenantId, Name = request.Name, Description = request.Description };
        db.Teams.Add(team);
        await db.SaveChangesAsync(cancellationToken);

        response.SetETag(team.Updated);
        return TypedResults.Created($"/tenants/{tenant}/teams/{team.Id}", await db.DescribeTeamAsync(team.Id, cancellationToken));
    }

    private static async Task<Results<Ok<TeamResponse>, NotFound, ProblemHttpResult>> UpdateTeam(
        Guid id, UpdateTeamRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, CurrentTenant current,
        TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.Teams.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } team)
        {
            return TypedResults.NotFound();
        }

        if (!team.Updated.IsMatchedBy(ifMatch))
        {
            return ProblemType.StaleVersion.Result();
        }

        (team.Name, team.Description) = (request.Name, request.Description);
        await db.SaveChangesAsync(cancellationToken);
        var changed = await db.DescribeTeamAsync(id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        response.SetETag(changed!.Updated);
        return TypedResults.Ok(changed);
    }

    private static async Task<Results<NoContent, NotFound>> DeleteTeam(
        Guid id, CurrentTenant current, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.Teams.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } team)
        {
            return TypedResults.NotFound();
        }

        var now = time.GetUtcNow();
        team.Deleted = now;
        await db.SaveChangesAsync(cancellationToken);
        await db.TeamMembers.Where(member => member.TeamId == id).ExecuteUpdateAsync(
            set => set.SetProperty(member => member.Deleted, now).SetProperty(member => member.Updated, now), cancellationToken);
        await db.TeamInvitations.Where(invitation => invitation.TeamId == id && invitation.Status == InvitationStatus.Pending).ExecuteUpdateAsync(
            set => set.SetProperty(invitation => invitation.Status, InvitationStatus.Canceled).SetProperty(invitation => invitation.Updated, now),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.NoContent();
    }

    private static Task<TeamResponse?> DescribeTeamAsync(this PlatformDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Teams.Where(team => team.Id == id).Select(TeamResponse.FromTeam).SingleOrDefaultAsync(cancellationToken);
}
