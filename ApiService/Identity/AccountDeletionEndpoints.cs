using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

internal static class AccountDeletionEndpoints
{
    public static void MapAccountDeletion(this RouteGroupBuilder passwordAsked) =>
        passwordAsked.MapDelete("/me", DeleteMe).WithName(nameof(DeleteMe)).RefuseImpersonated().ProducesProblem(StatusCodes.Status409Conflict)
            .WithDescription("For good. Whoever is the only owner of a tenant hands it over or deletes it first.");

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteMe(
        [FromBody] DeleteAccountRequest request, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, PasswordGate gate,
        AccountDeletion deletion, HttpContext http, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForAuthentication);

        if (await RefusalAsync(db, userId, request, user, gate, http, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await deletion.DeleteAsync(userId, cancellationToken) is { Count: > 0 } orphans
            ? ProblemType.SoleOwner.Result("Hand these tenants over to another owner, or delete them, first.", ("tenants", orphans))
            : TypedResults.NoContent();
    }

    private static async Task<ProblemHttpResult?> RefusalAsync(
        PlatformDbContext db, Guid userId, DeleteAccountRequest request, ClaimsPrincipal user, PasswordGate gate, HttpContext http,
        CancellationToken cancellationToken)
    {
        var me = await db.Users.Where(me => me.Id == userId)
            .Select(me => new { me.Email, HasPassword = db.Accounts.Any(account => account.UserId == me.Id && account.ProviderId == Account.Credential) })
            .SingleAsync(cancellationToken);

        // Whoever has no password of ours has proven themselves to the issuer, but not if somebody acts for them.
        if (!me.HasPassword)
        {
            return user.GetImpersonator() is null ? null : ProblemType.Forbidden.Result("Nobody deletes an account that is not theirs.");
        }

        if (request.Password is null)
        {
            return ProblemType.Invalid("password", "The password is needed to delete the account.");
        }

        var attempt = await gate.TryAsync(db, me.Email, request.Password, cancellationToken);
        attempt.Forgive();
        await db.SaveChangesAsync(cancellationToken);
        return attempt.Problem(http);
    }
}
