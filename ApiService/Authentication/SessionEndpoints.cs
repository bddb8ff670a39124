using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication.Oidc;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Authentication;

internal static class SessionEndpoints
{
    public static RouteGroupBuilder MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/auth").WithTags("Identity").RequireAuthorization(Policies.User)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized);
        sessions.MapGet("/sessions", ListSessions).WithName(nameof(ListSessions));
        sessions.MapDelete("/sessions/{id:guid}", EndSession).WithName(nameof(EndSession)).RefuseImpersonated();
        sessions.MapDelete("/sessions", EndOtherSessions).WithName(nameof(EndOtherSessions)).RefuseImpersonated();
        sessions.MapPost("/sign-out", SignOut).WithName(nameof(SignOut)).ProducesProblem(StatusCodes.Status409Conflict);

        return sessions;
    }

    private static async Task<Results<Ok<Page<OwnSessionResponse>>, ProblemHttpResult>> ListSessions(
        [AsParameters] PageRequest page, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CursorCodec cursors, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (userId, now) = (user.GetUserId(), time.GetUtcNow());
        var list = $"sessions of {userId}";

        if (!cursors.TryRead(page, list, out var cursor))
        {
            return ProblemType.InvalidCursor.Result();
        }

        await using var db = platform.Open(TenantContext.ForUser(userId));
        var sessions = db.Sessions.Where(session => session.UserId == userId && session.Expires > now);

        if (cursor is { } after)
        {
            sessions = sessions.Where(session => EF.Functions.LessThan(
                ValueTuple.Create(session.Created, session.Id), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await sessions
            .OrderByDescending(session => session.Created).ThenByDescending(session => session.Id)
            .Take(page.Size + 1)
            .Select(OwnSessionResponse.SeenFrom(user.GetSessionId()))
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, list, session => new PageCursor(session.Created, session.Id)));
    }

    private static async Task<Results<NoContent, NotFound>> EndSession(
        Guid id, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForUser(user.GetUserId()));
        var ended = await db.EndSessionsAsync(user.GetUserId(), own => own.Where(session => session.Id == id), time.GetUtcNow(), cancellationToken);

        return ended is 0 ? TypedResults.NotFound() : TypedResults.NoContent();
    }

    private static async Task<NoContent> EndOtherSessions(
        ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        var current = user.GetSessionId();
        await using var db = platform.Open(TenantContext.ForUser(user.GetUserId()));
        await db.EndSessionsAsync(user.GetUserId(), own => own.Where(session => session.Id != current), time.GetUtcNow(), cancellationToken);

        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SignOut(
        ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, TimeProvider time, HttpContext http, CancellationToken cancellationToken)
    {
        var current = user.GetSessionId();
        await using var db = platform.Open(TenantContext.ForUser(user.GetUserId()));
        await db.EndSessionsAsync(user.GetUserId(), own => own.Where(session => session.Id == current), time.GetUtcNow(), cancellationToken);
        SessionCookie.Clear(http);

        if (user.Identity!.AuthenticationType == OidcAuthenticationHandler.SchemeName)
        {
            return ProblemType.NoSession.Result("The token is your identity provider's: sign out there. It is accepted here until it expires.");
        }

        return TypedResults.NoContent();
    }
}
