using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>A deleted tenant is there for nobody, and can be restored for a time; the worker purges it after that.</summary>
internal static class TenantDeletionEndpoints
{
    private const string Delete = "tenant:delete";

    public static void MapTenantDeletion(this IEndpointRouteBuilder tenants)
    {
        tenants.MapDelete("/{tenant}", DeleteTenant).RequirePermission(Delete).RequireRateLimiting(TenantRateLimit.Policy).WithName(nameof(DeleteTenant))
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithDescription("Ends all access at once. Nothing is lost until the time for restoring it is over.");
        tenants.MapPost("/{tenant}/restore", RestoreTenant).WithName(nameof(RestoreTenant))
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict)
            .WithDescription($"Needs {Delete} in the deleted tenant.");
    }

    private static async Task<NoContent> DeleteTenant(
        CurrentTenant current, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var tenant = await db.OwnTenantAsync(cancellationToken);
        tenant.Deleted = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<TenantResponse>, NotFound, ProblemHttpResult>> RestoreTenant(
        string tenant, RestoreTenantRequest request, HttpContext http, TenancyDb<PlatformDbContext> platform, RolePermissions roles,
        IOptions<TenantOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var userId = http.User.GetUserId();

        if (await FindAsync(platform, userId, tenant, cancellationToken) is not { } membership)
        {
            return TypedResults.NotFound();
        }

        var context = TenantContext.ForTenant(membership.TenantId, userId);

        if (!(await roles.OfAsync(context, membership.Roles, cancellationToken)).Implies(Delete))
        {
            return ProblemType.MissingPermission.Result($"Your roles in this tenant do not include {Delete}.");
        }

        if (membership.Tenant.Deleted < time.GetUtcNow().AddDays(-options.Value.RestoreDays))
        {
            return ProblemType.RestoreTooLate.Result($"Tenants can be restored for {options.Value.RestoreDays} days.");
        }

        return membership.Tenant.Status switch
        {
            TenantStatus.Suspended => ProblemType.TenantSuspended.Result(),
            TenantStatus.Provisioning => ProblemType.TenantProvisioning.Result(),
            _ => await RestoreAsync(platform, context, request.Slug, cancellationToken),
        };
    }

    private static async Task<TenantUser?> FindAsync(
        TenancyDb<PlatformDbContext> platform, Guid userId, string name, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForUser(userId));
        return await db.FindDeletedAsync(userId, name, cancellationToken);
    }

    private static async Task<Results<Ok<TenantResponse>, NotFound, ProblemHttpResult>> RestoreAsync(
        TenancyDb<PlatformDbContext> platform, TenantContext context, string? slug, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(context);
        var membership = await db.TenantUsers.IgnoreQueryFilters()
            .Include(member => member.Tenant)
            .SingleAsync(member => member.TenantId == db.TenantId && member.UserId == context.UserId, cancellationToken);
        (membership.Tenant.Deleted, membership.Tenant.Slug) = (null, slug ?? membership.Tenant.Slug);

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (ConstraintViolation.IsDuplicate(e, "ix_tenants_slug"))
        {
            return ProblemType.SlugTaken.Result("Somebody else has taken the slug meanwhile: restore the tenant with another.");
        }

        return TypedResults.Ok(TenantResponse.From(membership));
    }
}
