using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

internal static class BanEndpoints
{
    public static void MapBans(this IEndpointRouteBuilder users)
    {
        users.MapPost("/{id:guid}/ban", BanUser).RequirePlatformRole(PlatformRole.Admin).WithName(nameof(BanUser)).ProducesValidationProblem()
            .WithDescription("Ends all sessions at once, and lets the user sign in again when the ban is over. Not for admins of the platform.");
        users.MapPost("/{id:guid}/unban", UnbanUser).RequirePlatformRole(PlatformRole.Admin).WithName(nameof(UnbanUser));
    }

    private static async Task<Results<Ok<PlatformUserResponse>, NotFound, ProblemHttpResult>> BanUser(
        Guid id, BanRequest request, HttpContext http, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        if (request.Until <= now)
        {
            return ProblemType.Invalid("until", "The end of the ban must be in the future.");
        }

        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));
        await using var transaction = await db.BeginStaffChangeAsync(cancellationToken);

        if (await db.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken) is not { } user)
        {
            return TypedResults.NotFound();
        }

        // The caller is one of them, so nobody bans themselves either.
        if (await db.PlatformRoleOfAsync(id, cancellationToken) is PlatformRole.Admin)
        {
            return ProblemType.Forbidden.Result("Admins of the platform are not banned: take the role away first.");
        }

        (user.Banned, user.BanReason, user.BanExpires) = (true, request.Reason, request.Until);
        var until = request.Until?.ToString("O", CultureInfo.InvariantCulture) ?? "lifted";
        db.Audit(http, "user.banned", PlatformAudit.User, id, new() { ["reason"] = request.Reason, ["until"] = until });
        await db.EndSessionsAsync(id, sessions => sessions, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Ok(PlatformUserResponse.From(user));
    }

    private static async Task<Results<Ok<PlatformUserResponse>, NotFound>> UnbanUser(
        Guid id, HttpContext http, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));

        if (await db.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken) is not { } user)
        {
            return TypedResults.NotFound();
        }

        if (user.Banned)
        {
            (user.Banned, user.BanReason, user.BanExpires) = (false, null, null);
            db.Audit(http, "user.unbanned", PlatformAudit.User, id, []);
            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.Ok(PlatformUserResponse.From(user));
    }
}
