using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Identity;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

internal static class ImpersonationEndpoints
{
    public static void MapImpersonation(this IEndpointRouteBuilder users) =>
        users.MapPost("/{id:guid}/impersonate", ImpersonateUser).RequirePlatformRole(PlatformRole.Admin).WithName(nameof(ImpersonateUser))
            .ProducesValidationProblem()
            .WithDescription("A session in which the caller acts as the user, who sees it among their own and can end it. Not for the platform's staff.");

    private static async Task<Results<Ok<SessionResponse>, NotFound, ProblemHttpResult>> ImpersonateUser(
        Guid id, LimitedTimeRequest request, HttpContext http, TenancyDb<PlatformDbContext> platform, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (userId, now) = (http.User.GetUserId(), time.GetUtcNow());
        await using var db = platform.Open(TenantContext.ForPlatform(userId));

        if (await db.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken) is not { } user)
        {
            return TypedResults.NotFound();
        }

        // One who becomes staff later is nobody's either: sessions are looked at each time, see KnownSessions.
        if (await db.PlatformRoleOfAsync(id, cancellationToken) is not null)
        {
            return ProblemType.Forbidden.Result("Nobody acts as somebody of the platform's staff.");
        }

        if (user.StandingProblem(now) is { } problem)
        {
            return problem;
        }

        var (token, session) = SessionIssuer.IssueFor(db, user, http, new(userId, request.EndFrom(now)));
        var until = session.Expires.ToString("O", CultureInfo.InvariantCulture);
        db.Audit(http, "user.impersonated", PlatformAudit.User, id, new()
        {
            ["reason"] = request.Reason,
            ["until"] = until,
            ["session"] = session.Id.ToString(),
        });
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Ok(SessionResponse.From(token, session, user));
    }
}
