using Microsoft.AspNetCore.Http.HttpResults;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

internal static class SignUpEndpoints
{
    public static void MapSignUp(this RouteGroupBuilder anonymous)
    {
        anonymous.MapPost("/sign-up", SignUp).WithName(nameof(SignUp));
        anonymous.MapPost("/verify-email", VerifyEmail).WithName(nameof(VerifyEmail)).WithCookieDelivery();
        anonymous.MapPost("/verify-email/resend", ResendVerification).WithName(nameof(ResendVerification));
    }

    private static async Task<Accepted<AcceptedResponse>> SignUp(SignUpRequest request, SignUps signUps, CancellationToken cancellationToken)
    {
        await signUps.StartAsync(request, cancellationToken);
        return AcceptedResponse.Result;
    }

    private static async Task<Accepted<AcceptedResponse>> ResendVerification(
        EmailRequest request, SignUps signUps, CancellationToken cancellationToken)
    {
        await signUps.SendAgainAsync(Email.Normalize(request.Email), cancellationToken);
        return AcceptedResponse.Result;
    }

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> VerifyEmail(
        TokenRequest request, SignUps signUps, TenancyDb<PlatformDbContext> platform, SessionIssuer sessions, TimeProvider time, HttpContext http,
        CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForAuthentication);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        if (await signUps.FinishAsync(db, request.Token, cancellationToken) is not { } user)
        {
            return ProblemType.InvalidToken.Result();
        }

        if (user.StandingProblem(time.GetUtcNow()) is { } problem)
        {
            await transaction.CommitAsync(cancellationToken);
            return problem;
        }

        var (token, session) = sessions.Issue(db, user, http);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Ok(SessionResponse.From(token, session, user));
    }
}
