using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

internal static class EmailEndpoints
{
    public static void MapEmailConfirmation(this RouteGroupBuilder anonymous) =>
        anonymous.MapPost("/confirm-email", ConfirmEmail).WithName(nameof(ConfirmEmail)).ProducesProblem(StatusCodes.Status409Conflict);

    public static void MapEmailChange(this RouteGroupBuilder passwordAsked) =>
        passwordAsked.MapPost("/change-email", ChangeEmail).WithName(nameof(ChangeEmail)).RefuseImpersonated();

    private static async Task<Results<Accepted<AcceptedResponse>, ProblemHttpResult>> ChangeEmail(
        ChangeEmailRequest request, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, PasswordGate gate, EmailChanges changes,
        HttpContext http, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var email = await db.Users.Where(me => me.Id == userId).Select(me => me.Email).SingleAsync(cancellationToken);
        var attempt = await gate.TryAsync(db, email, request.Password, cancellationToken);

        if (attempt.Problem(http) is { } problem)
        {
            return problem;
        }

        attempt.Forgive();
        await changes.StartAsync(db, userId, Email.Normalize(request.NewEmail), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        return AcceptedResponse.Result;
    }

    // The token is proof enough, so it may be confirmed on another device than the one that is signed in.
    private static async Task<Results<NoContent, ProblemHttpResult>> ConfirmEmail(
        TokenRequest request, EmailChanges changes, CancellationToken cancellationToken)
    {
        try
        {
            return await changes.FinishAsync(request.Token, cancellationToken) ? TypedResults.NoContent() : ProblemType.InvalidToken.Result();
        }
        catch (DbUpdateException e) when (ConstraintViolation.IsDuplicate(e, "ix_users_email"))
        {
            return ProblemType.EmailTaken.Result("It was verified for another account in the meantime. Sign in to that one instead.");
        }
    }
}
