using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

internal static class ProfileEndpoints
{
    public static void MapProfile(this RouteGroupBuilder signedIn)
    {
        signedIn.MapGet("/me", GetMe).WithName(nameof(GetMe));
        signedIn.MapPut("/me", UpdateMe).WithName(nameof(UpdateMe)).ProducesValidationProblem();
        signedIn.MapGet("/me/preferences", GetPreferences).WithName(nameof(GetPreferences));
        signedIn.MapPut("/me/preferences", UpdatePreferences).WithName(nameof(UpdatePreferences)).ProducesValidationProblem();
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> GetMe(
        ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));

        return await db.Users.SingleOrDefaultAsync(me => me.Id == userId, cancellationToken) is { } me
            ? TypedResults.Ok(UserResponse.From(me))
            : ProblemType.Unauthenticated.Result();
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> UpdateMe(
        UpdateProfileRequest request, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));

        // Deleted a moment ago, elsewhere.
        if (await db.Users.SingleOrDefaultAsync(user => user.Id == userId, cancellationToken) is not { } me)
        {
            return ProblemType.Unauthenticated.Result();
        }

        request.ApplyTo(me);
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Ok(UserResponse.From(me));
    }

    private static async Task<Results<Ok<PreferencesResponse>, ProblemHttpResult>> GetPreferences(
        ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));
        var preferences = await db.Users.Where(me => me.Id == userId).Select(me => me.Preferences).SingleOrDefaultAsync(cancellationToken);

        return preferences is null ? ProblemType.Unauthenticated.Result() : TypedResults.Ok(PreferencesResponse.From(preferences));
    }

    private static async Task<Results<Ok<PreferencesResponse>, ProblemHttpResult>> UpdatePreferences(
        PreferencesRequest request, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));

        if (await db.Users.SingleOrDefaultAsync(user => user.Id == userId, cancellationToken) is not { } me)
        {
            return ProblemType.Unauthenticated.Result();
        }

        me.Preferences = request.ToPreferences();
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Ok(PreferencesResponse.From(me.Preferences));
    }
}
