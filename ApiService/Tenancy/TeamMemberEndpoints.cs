using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

internal static class TeamMemberEndpoints
{
    /// <summary>Below the group of teams, whose rules they share.</summary>
    public static void MapTeamMembers(this RouteGroupBuilder teams)
    {
        var members = teams.MapGroup("/{id:guid}/members");
        members.MapGet("/", ListTeamMembers).RequirePermission(TeamEndpoints.Read).WithName(nameof(ListTeamMembers));
        members.MapPost("/", AddTeamMember).RequirePermission(TeamEndpoints.Write).WithName(nameof(AddTeamMember));
        members.MapPut("/{userId:guid}", UpdateTeamMember).RequirePermission(TeamEndpoints.Write).WithName(nameof(UpdateTeamMember));
        members.MapDelete("/{userId:guid}", RemoveTeamMember).RequirePermission(TeamEndpoints.Write).WithName(nameof(RemoveTeamMember));
    }

    private static async Task<Results<Ok<Page<TeamMemberResponse>>, NotFound, ProblemHttpResult>> ListTeamMembers(
        Guid id, [AsParameters] PageRequest page, CurrentTenant current, TenancyDb<PlatformDbContext> platform, CursorCodec cursors,
        CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var list = $"members of team {id} of {db.TenantId}";

        if (!cursors.TryRead(page, list, out var cursor))
        {
            return ProblemType.InvalidCursor.Result();
        }

        if (!await db.Teams.AnyAsync(team => team.Id == id, cancellationToken))
        {
            return TypedResults.NotFound();
        }

        var members = db.TeamMembers.Where(member => member.TeamId == id);

        if (cursor is { } after)
        {
            members = members.Where(member => EF.Functions.LessThan(
                ValueTuple.Create(member.Created, member.UserId), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await members
            .OrderByDescending(member => member.Created).ThenByDescending(member => member.UserId)
            .Join(db.MemberProfiles(), member => member.UserId, profile => profile.UserId, TeamMemberResponse.FromMember)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, list, member => new PageCursor(member.Created, member.UserId)));
    }

    private static async Task<Results<Created<TeamMemberResponse>, NotFound, ProblemHttpResult>> AddTeamMember(
        Guid id, AddTeamMemberRequest request, CurrentTenant current, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = request.UserId!.Value;
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (!await db.TenantUsers.AnyAsync(member => member.TenantId == db.TenantId && member.UserId == userId, cancellationToken))
        {
            return ProblemType.Invalid("userId", "This user is not a member of the tenant: invite them first.");
        }

        if (await db.FindTeamMemberAsync(id, userId, cancellationToken) is not null)
        {
            return ProblemType.Invalid("userId", "This user is in the team already.");
        }

        if (await db.JoinTeamAsync(id, userId, request.Role ?? TeamRole.Member, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        await db.SaveChangesAsync(cancellationToken);
        var added = await db.DescribeTeamMemberAsync(id, userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Created((string?)null, added);
    }

    private static async Task<Results<Ok<TeamMemberResponse>, NotFound>> UpdateTeamMember(
        Guid id, Guid userId, UpdateTeamMemberRequest request, CurrentTenant current, TenancyDb<PlatformDbContext> platform,
        CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.FindTeamMemberAsync(id, userId, cancellationToken) is not { } member)
        {
            return TypedResults.NotFound();
        }

        member.Role = request.Role;
        await db.SaveChangesAsync(cancellationToken);
        var changed = await db.DescribeTeamMemberAsync(id, userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Ok(changed);
    }

    private static async Task<Results<NoContent, NotFound>> RemoveTeamMember(
        Guid id, Guid userId, CurrentTenant current, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.FindTeamMemberAsync(id, userId, cancellationToken) is not { } member)
        {
            return TypedResults.NotFound();
        }

        member.Deleted = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.NoContent();
    }

    private static Task<TeamMember?> FindTeamMemberAsync(this PlatformDbContext db, Guid teamId, Guid userId, CancellationToken cancellationToken) =>
        db.TeamMembers.SingleOrDefaultAsync(member => member.TeamId == teamId && member.UserId == userId, cancellationToken);

    private static Task<TeamMemberResponse?> DescribeTeamMemberAsync(
        this PlatformDbContext db, Guid teamId, Guid userId, CancellationToken cancellationToken) =>
        db.TeamMembers.Where(member => member.TeamId == teamId && member.UserId == userId)
            .Join(db.MemberProfiles(), member => member.UserId, profile => profile.UserId, TeamMemberResponse.FromMember)
            .SingleOrDefaultAsync(cancellationToken);
}
