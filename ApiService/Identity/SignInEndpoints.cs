using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.Data;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

internal static class SignInEndpoints
{
    public static void MapSignIn(this RouteGroupBuilder anonymous) => anonymous.MapPost("/sign-in", SignIn).WithName(nameof(SignIn))
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

    public static void MapSignOut(this RouteGroupBuilder signedIn) => signedIn.MapPost("/sign-out", SignOut).WithName(nameof(SignOut));

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> SignIn(
        SignInRequest request, TenancyDb<PlatformDbContext> platform, PasswordGate gate, SignUpReminder reminder, SessionIssuer sessions,
        TimeProvider time, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var attempt = await gate.TryAsync(db, Email.Normalize(request.Email), request.Password, cancellationToken);

        if (attempt is { IsRight: true, Account.User.EmailVerified: null })
        {
            reminder.Remind(attempt.Account.User.Email);
            attempt = PasswordAttempt.Wrong;
        }

        if (attempt.SignInProblem(http) is { } refusal)
        {
            return refusal;
        }

        var user = attempt.Account!.User;
        attempt.Forgive();

        if (user.StandingProblem(time.GetUtcNow()) is { } problem)
        {
            await db.SaveChangesAsync(cancellationToken);
            return problem;
        }

        var (token, session) = sessions.Issue(db, user, http);
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Ok(SessionResponse.From(token, session, user));
    }

    private static async Task<NoContent> SignOut(
        ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        var (sessionId, now) = (user.GetSessionId(), time.GetUtcNow());
        await using var db = platform.Open(TenantContext.ForUser(user.GetUserId()));
        db.Announce(AccessChange.OfUser(user.GetUserId()));
        await db.Sessions.Where(session => session.Id == sessionId).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.Deleted, now).SetProperty(session => session.Updated, now), cancellationToken);

        return TypedResults.NoContent();
    }
}
