using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Platform;

internal static class PlatformUserEndpoints
{
    public static void MapPlatformUsers(this IEndpointRouteBuilder platform)
    {
        var users = platform.MapGroup("/users");
        users.MapGet("/", ListAllUsers).WithName(nameof(ListAllUsers)).ProducesValidationProblem();
        users.MapGet("/{id:guid}", GetAnyUser).WithName(nameof(GetAnyUser));
        users.MapBans();
        users.MapImpersonation();
    }

    private static async Task<Results<Ok<Page<PlatformUserResponse>>, ProblemHttpResult>> ListAllUsers(
        [AsParameters] PlatformUserFilter filter, [AsParameters] PageRequest page, HttpContext http, TenancyDb<PlatformDbContext> platform,
        CursorCodec cursors, CancellationToken cancellationToken)
    {
        if (!cursors.TryRead(page, filter.List, out var cursor))
        {
            return ProblemType.InvalidCursor.Result("Start again without a cursor, and keep the filters while following cursors.");
        }

        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));
        var users = filter.ApplyTo(db.Users);

        if (cursor is { } after)
        {
            users = users.Where(user => EF.Functions.LessThan(
                ValueTuple.Create(user.Created, user.Id), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await users
            .OrderByDescending(user => user.Created).ThenByDescending(user => user.Id)
            .Take(page.Size + 1)
            .Select(PlatformUserResponse.FromUser)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, filter.List, user => new PageCursor(user.Created, user.Id)));
    }

    private static async Task<Results<Ok<PlatformUserResponse>, NotFound>> GetAnyUser(
        Guid id, HttpContext http, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));
        var user = await db.Users.Where(user => user.Id == id).Select(PlatformUserResponse.FromUser).SingleOrDefaultAsync(cancellationToken);

        return user is null ? TypedResults.NotFound() : TypedResults.Ok(user);
    }
}
