using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

internal static class StaffEndpoints
{
    private const string Advice = "Make somebody else an admin first.";
    private const string List = "staff";

    public static void MapStaff(this IEndpointRouteBuilder platform)
    {
        var staff = platform.MapGroup("/staff");
        staff.MapGet("/", ListStaff).WithName(nameof(ListStaff)).ProducesValidationProblem();
        staff.MapPut("/{userId:guid}", GrantPlatformRole).RequirePlatformRole(PlatformRole.Admin).WithName(nameof(GrantPlatformRole))
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict);
        staff.MapDelete("/{userId:guid}", RevokePlatformRole).RequirePlatformRole(PlatformRole.Admin).WithName(nameof(RevokePlatformRole))
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<Page<StaffResponse>>, ProblemHttpResult>> ListStaff(
        [AsParameters] PageRequest page, HttpContext http, TenancyDb<PlatformDbContext> platform, CursorCodec cursors, CancellationToken cancellationToken)
    {
        if (!cursors.TryRead(page, List, out var cursor))
        {
            return ProblemType.InvalidCursor.Result();
        }

        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));
        IQueryable<PlatformUser> staff = db.PlatformUsers;

        if (cursor is { } after)
        {
            staff = staff.Where(member => EF.Functions.LessThan(
                ValueTuple.Create(member.Created, member.UserId), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await staff
            .OrderByDescending(member => member.Created).ThenByDescending(member => member.UserId)
            .Join(db.Users, member => member.UserId, user => user.Id, StaffResponse.FromStaff)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, List, member => new PageCursor(member.Created, member.UserId)));
    }

    private static async Task<Results<Ok<StaffResponse>, NotFound, ProblemHttpResult>> GrantPlatformRole(
        Guid userId, StaffRequest request, HttpContext http, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));
        await using var transaction = await db.BeginStaffChangeAsync(cancellationToken);

        if (await db.Users.SingleOrDefaultAsync(user => user.Id == userId, cancellationToken) is not { } user)
        {
            return TypedResults.NotFound();
        }

        if (user.EmailVerified is null)
        {
            return ProblemType.Invalid("userId", "The user has not verified their email yet.");
        }

        var member = await db.PlatformUsers.IgnoreQueryFilters().SingleOrDefaultAsync(row => row.UserId == userId, cancellationToken);

        if (request.Role != PlatformRole.Admin && await IsLastAdminAsync(db, member, time, cancellationToken))
        {
            return ProblemType.LastAdmin.Result(Advice);
        }

        member ??= db.PlatformUsers.Add(new PlatformUser { UserId = userId, Role = request.Role }).Entity;
        (member.Role, member.Deleted) = (request.Role, null);
        db.Audit(http, "staff.granted", PlatformAudit.User, userId, new() { ["role"] = request.Role });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Ok(new StaffResponse(userId, user.Email, user.Name, member.Role, member.Created, member.Updated));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> RevokePlatformRole(
        Guid userId, HttpContext http, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));
        await using var transaction = await db.BeginStaffChangeAsync(cancellationToken);

        if (await db.PlatformUsers.SingleOrDefaultAsync(row => row.UserId == userId, cancellationToken) is not { } member)
        {
            return TypedResults.NotFound();
        }

        if (await IsLastAdminAsync(db, member, time, cancellationToken))
        {
            return ProblemType.LastAdmin.Result(Advice);
        }

        member.Deleted = time.GetUtcNow();
        db.Audit(http, "staff.revoked", PlatformAudit.User, userId, new() { ["role"] = member.Role });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.NoContent();
    }

    private static async Task<bool> IsLastAdminAsync(PlatformDbContext db, PlatformUser? member, TimeProvider time, CancellationToken cancellationToken) =>
        member is { Role: PlatformRole.Admin, Deleted: null } && !await db.HasOtherAdminAsync(member.UserId, time.GetUtcNow(), cancellationToken);
}
