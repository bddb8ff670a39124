using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

internal static class PasswordEndpoints
{
    public static void MapPasswordRecovery(this RouteGroupBuilder anonymous)
    {
        anonymous.MapPost("/forgot-password", ForgetPassword).WithName(nameof(ForgetPassword));
        anonymous.MapPost("/reset-password", ResetPassword).WithName(nameof(ResetPassword));
    }

    public static void MapPasswordChange(this RouteGroupBuilder passwordAsked) =>
        passwordAsked.MapPost("/change-password", ChangePassword).WithName(nameof(ChangePassword)).RefuseImpersonated();

    private static async Task<Accepted<AcceptedResponse>> ForgetPassword(
        EmailRequest request, PasswordRecovery recovery, CancellationToken cancellationToken)
    {
        await recovery.StartAsync(Email.Normalize(request.Email), cancellationToken);
        return AcceptedResponse.Result;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ResetPassword(
        ResetPasswordRequest request, PasswordRecovery recovery, CancellationToken cancellationToken) =>
        await recovery.FinishAsync(request.Token, request.Password, cancellationToken)
            ? TypedResults.NoContent()
            : ProblemType.InvalidToken.Result();

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        ChangePasswordRequest request, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, PasswordGate gate, Passwords passwords,
        TimeProvider time, HttpContext http, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var email = await db.Users.Where(me => me.Id == userId).Select(me => me.Email).SingleAsync(cancellationToken);
        var attempt = await gate.TryAsync(db, email, request.CurrentPassword, cancellationToken);

        if (attempt.Problem(http) is { } problem)
        {
            return problem;
        }

        attempt.Forgive();
        attempt.Account!.Password = passwords.Hash(request.NewPassword);
        var current = user.GetSessionId();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.EndSessionsAsync(userId, own => own.Where(session => session.Id != current), time.GetUtcNow(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.NoContent();
    }
}
