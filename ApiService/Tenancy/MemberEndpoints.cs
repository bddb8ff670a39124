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

internal static class MemberEndpoints
{
    private const string Read = "members:read";
    private const string Write = MemberAuthority.Write;

    public static RouteGroupBuilder MapMembers(this IEndpointRouteBuilder routes)
    {
        var members = routes.MapGroup("/tenants/{tenant}/members").WithTags("Members")
            .RequireRateLimiting(TenantRateLimit.Policy)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

        members.MapGet("/", ListMembers).RequirePermission(Read).WithName(nameof(ListMembers));
        members.MapGet("/{userId:guid}", GetMember).RequirePermission(Read).WithName(nameof(GetMember));
        members.MapPut("/{userId:guid}", UpdateMember).RequirePermission(Write).WithName(nameof(UpdateMember))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithDescription("Replaces roles and status. With If-Match, only while nobody else has changed them.");
        members.MapDelete("/{userId:guid}", RemoveMember).RequirePermission(Write).WithName(nameof(RemoveMember))
            .ProducesProblem(StatusCodes.Status409Conflict);

        return members;
    }

    private static async Task<Results<Ok<Page<MemberResponse>>, ProblemHttpResult>> ListMembers(
        [AsParameters] MemberFilter filter, [AsParameters] PageRequest page, CurrentTenant current, TenancyDb<PlatformDbContext> platform,
        CursorCodec cursors, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var list = filter.ListOf(db.TenantId);

        if (!cursors.TryRead(page, list, out var cursor))
        {
            return ProblemType.InvalidCursor.Result("Start again without a cursor, and keep the filters while following cursors.");
        }

        var members = filter.ApplyTo(db.TenantUsers.Where(member => member.TenantId == db.TenantId));

        if (cursor is { } after)
        {
            members = members.Where(member => EF.Functions.LessThan(
                ValueTuple.Create(member.Created, member.UserId), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await members
            .OrderByDescending(member => member.Created).ThenByDescending(member => member.UserId)
            .Join(filter.ApplyTo(db.MemberProfiles()), member => member.UserId, profile => profile.UserId, MemberResponse.FromMember)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, list, member => new PageCursor(member.Created, member.UserId)));
    }

    private static async Task<Results<Ok<MemberResponse>, NotFound>> GetMember(
        Guid userId, CurrentTenant current, TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);

        if (await db.DescribeMemberAsync(userId, cancellationToken) is not { } member)
        {
            return TypedResults.NotFound();
        }

        response.SetETag(member.Updated);
        return TypedResults.Ok(member);
    }

    private static async Task<Results<Ok<MemberResponse>, NotFound, ProblemHttpResult>> UpdateMember(
        Guid userId, UpdateMemberRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, CurrentTenant current,
        TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.TenantUsers.SingleOrDefaultAsync(row => row.TenantId == db.TenantId && row.UserId == userId, cancellationToken) is not { } member)
        {
            return TypedResults.NotFound();
        }

        if (!member.Updated.IsMatchedBy(ifMatch))
        {
            return ProblemType.StaleVersion.Result();
        }

        if (await RefusalToUpdateAsync(db, member, request, current, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        (member.Roles, member.Status) = ([.. request.Roles], request.Status);
        await db.SaveChangesAsync(cancellationToken);
        var changed = await db.DescribeMemberAsync(userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        response.SetETag(changed!.Updated);
        return TypedResults.Ok(changed);
    }

    private static async Task<ProblemHttpResult?> RefusalToUpdateAsync(
        PlatformDbContext db, TenantUser member, UpdateMemberRequest request, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (member.UserId == current.Context.UserId && request.Status == TenantUserStatus.Suspended)
        {
            return ProblemType.Forbidden.Result("You cannot suspend yourself: leave the tenant, or ask another.");
        }

        var caller = await db.CallersPermissionsAsync(current, cancellationToken);

        if (await db.RefusalToChangeAsync(caller, member, cancellationToken) is { } untouchable)
        {
            return untouchable;
        }

        if (await db.RefusalToGiveAsync(caller, [.. request.Roles.Except(member.Roles)], cancellationToken) is { } excessive)
        {
            return excessive;
        }

        var staysOwner = request.Status == TenantUserStatus.Active && request.Roles.Contains(TenantRole.Owner);
        return member.IsActiveOwner() && !staysOwner && !await db.HasOtherOwnerAsync(member.UserId, cancellationToken)
            ? ProblemType.LastOwner.Result(Owners.Advice)
            : null;
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> RemoveMember(
        Guid userId, CurrentTenant current, TenancyDb<PlatformDbContext> platform, MemberRemoval removal, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.TenantUsers.SingleOrDefaultAsync(row => row.TenantId == db.TenantId && row.UserId == userId, cancellationToken) is not { } member)
        {
            return TypedResults.NotFound();
        }

        var caller = await db.CallersPermissionsAsync(current, cancellationToken);

        if (await db.RefusalToChangeAsync(caller, member, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (await removal.RemoveAsync(db, userId, cancellationToken) is Removal.LastOwner)
        {
            return ProblemType.LastOwner.Result(Owners.Advice);
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<MemberResponse?> DescribeMemberAsync(this PlatformDbContext db, Guid userId, CancellationToken cancellationToken) =>
        db.TenantUsers.Where(member => member.TenantId == db.TenantId && member.UserId == userId)
            .Join(db.MemberProfiles(), member => member.UserId, profile => profile.UserId, MemberResponse.FromMember)
            .SingleOrDefaultAsync(cancellationToken);
}
