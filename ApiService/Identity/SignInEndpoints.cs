using Microsoft.AspNetCore.Http.HttpResults;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

internal static class SignInEndpoints
{
    public static void MapSignIn(this RouteGroupBuilder anonymous) => anonymous.MapPost("/sign-in", SignIn).WithName(nameof(SignIn))
        .ProducesProblem(StatusCodes.Status401Unauthorized).WithCookieDelivery();

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
}
