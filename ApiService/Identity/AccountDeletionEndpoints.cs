using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
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
        var email = await db.Users.Where(me => me.Id == userId).Select(me => me.Email).SingleAsync(cancellationToken);
        var attempt = await gate.TryAsync(db, email, request.Password, cancellationToken);

        if (attempt.Problem(http) is { } problem)
        {
            return problem;
        }

        attempt.Forgive();
        await db.SaveChangesAsync(cancellationToken);

        return await deletion.DeleteAsync(userId, cancellationToken) is { Count: > 0 } orphans
            ? ProblemType.SoleOwner.Result("Hand these tenants over to another owner, or delete them, first.", ("tenants", orphans))
            : TypedResults.NoContent();
    }
}
