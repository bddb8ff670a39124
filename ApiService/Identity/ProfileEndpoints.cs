using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
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

    private static async Task<Ok<UserResponse>> GetMe(
        ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));

        return TypedResults.Ok(UserResponse.From(await db.Users.SingleAsync(me => me.Id == userId, cancellationToken)));
    }

    private static async Task<Ok<UserResponse>> UpdateMe(
        UpdateProfileRequest request, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));
        var me = await db.Users.SingleAsync(me => me.Id == userId, cancellationToken);
        request.ApplyTo(me);
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Ok(UserResponse.From(me));
    }

    private static async Task<Ok<PreferencesResponse>> GetPreferences(
        ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));
        var preferences = await db.Users.Where(me => me.Id == userId).Select(me => me.Preferences).SingleAsync(cancellationToken);

        return TypedResults.Ok(PreferencesResponse.From(preferences));
    }

    private static async Task<Ok<PreferencesResponse>> UpdatePreferences(
        PreferencesRequest request, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));
        var me = await db.Users.SingleAsync(me => me.Id == userId, cancellationToken);
        me.Preferences = request.ToPreferences();
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Ok(PreferencesResponse.From(me.Preferences));
    }
}
