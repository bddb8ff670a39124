using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>What a tenant says about itself, and how it takes in people.</summary>
internal static class TenantChangeEndpoints
{
    public static void MapTenantChanges(this IEndpointRouteBuilder tenants)
    {
        var tenant = tenants.MapGroup("/{tenant}").RequireRateLimiting(TenantRateLimit.Policy).ProducesProblem(StatusCodes.Status404NotFound);
        tenant.MapPut("/", UpdateTenant).RequirePermission("tenant:write").WithName(nameof(UpdateTenant))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithDescription("Replaces name, slug, description and logo. With If-Match, only while nobody else has changed the tenant.");
        tenant.MapGet("/settings", GetTenantSettings).RequirePermission("tenant:read").WithName(nameof(GetTenantSettings));
        tenant.MapPut("/settings", UpdateTenantSettings).RequirePermission("tenant:write").WithName(nameof(UpdateTenantSettings))
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Ok<TenantResponse>, ProblemHttpResult>> UpdateTenant(
        UpdateTenantRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, CurrentTenant current,
        TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);
        var tenant = await db.OwnTenantAsync(cancellationToken);

        if (!tenant.Updated.IsMatchedBy(ifMatch))
        {
            return ProblemType.StaleVersion.Result();
        }

        (tenant.Name, tenant.Slug, tenant.Description, tenant.Logo) = (request.Name, request.Slug, request.Description, request.Logo);

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (ConstraintViolation.IsDuplicate(e, "ix_tenants_slug"))
        {
            return ProblemType.SlugTaken.Result("Choose another slug.");
        }

        // Nobody's who has entered the tenant as the platform's staff.
        var roles = await db.TenantUsers
            .Where(member => member.TenantId == db.TenantId && member.UserId == current.Context.UserId)
            .Select(member => member.Roles)
            .SingleOrDefaultAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        response.SetETag(tenant.Updated);
        return TypedResults.Ok(TenantResponse.From(new TenantUser { TenantId = tenant.Id, Roles = roles ?? [], Tenant = tenant }));
    }

    private static async Task<Ok<TenantSettingsResponse>> GetTenantSettings(
        CurrentTenant current, TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var tenant = await db.OwnTenantAsync(cancellationToken);

        response.SetETag(tenant.Updated);
        return TypedResults.Ok(TenantSettingsResponse.From(tenant.Settings));
    }

    private static async Task<Results<Ok<TenantSettingsResponse>, ProblemHttpResult>> UpdateTenantSettings(
        TenantSettingsRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, CurrentTenant current,
        TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);
        var tenant = await db.OwnTenantAsync(cancellationToken);

        if (!tenant.Updated.IsMatchedBy(ifMatch))
        {
            return ProblemType.StaleVersion.Result();
        }

        // Everybody who invites gives this role, so nobody sets one beyond their own.
        var caller = await db.CallersPermissionsAsync(current, cancellationToken);

        if (request.DefaultRole != tenant.Settings.DefaultRole
            && await db.RefusalToGiveAsync(caller, [request.DefaultRole], cancellationToken) is { } refusal)
        {
            return refusal;
        }

        tenant.Settings = request.ToSettings();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        response.SetETag(tenant.Updated);
        return TypedResults.Ok(TenantSettingsResponse.From(tenant.Settings));
    }

    internal static Task<Tenant> OwnTenantAsync(this PlatformDbContext db, CancellationToken cancellationToken) =>
        db.Tenants.SingleAsync(tenant => tenant.Id == db.TenantId, cancellationToken);
}
