using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.ApiService.Tenancy;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Access;

/// <summary>What there is to permit, what the caller may do, and why somebody may or may not.</summary>
internal static class PermissionEndpoints
{
    public static void MapPermissions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/permissions", ListPermissions).WithTags("Access").WithName(nameof(ListPermissions))
            .RequireAuthorization(Policies.User).ProducesProblem(StatusCodes.Status401Unauthorized);

        var tenant = routes.MapGroup("/tenants/{tenant}").WithTags("Access").RequireRateLimiting(TenantRateLimit.Policy)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);
        tenant.MapGet("/me/permissions", GetOwnPermissions).RequireAuthorization(Policies.TenantMember).WithName(nameof(GetOwnPermissions))
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        tenant.MapGet("/explain-access", ExplainAccess).RequirePermission("roles:read").WithName(nameof(ExplainAccess)).ProducesValidationProblem()
            .WithDescription("Which membership, role and rule decide whether the user may do that in this tenant.");
    }

    private static async Task<Ok<PermissionsResponse>> ListPermissions(
        HttpContext http, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForUser(http.User.GetUserId()));
        var entries = await db.Permissions
            .OrderBy(entry => entry.Module).ThenBy(entry => entry.Key)
            .Select(entry => new PermissionResponse(entry.Key, entry.Module, entry.Description))
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(new PermissionsResponse(entries));
    }

    private static async Task<Ok<OwnPermissionsResponse>> GetOwnPermissions(
        CurrentTenant current, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var catalogue = await db.Permissions.OrderBy(entry => entry.Key).Select(entry => entry.Key).ToListAsync(cancellationToken);
        var roles = await db.TenantUsers
            .Where(member => member.TenantId == db.TenantId && member.UserId == current.Context.UserId)
            .Select(member => member.Roles)
            .SingleOrDefaultAsync(cancellationToken);

        return TypedResults.Ok(new OwnPermissionsResponse(
            roles ?? [], [.. current.Permissions.Granted.Order(StringComparer.Ordinal)], [.. catalogue.Where(current.Permissions.Implies)]));
    }

    private static async Task<Ok<AccessExplanation>> ExplainAccess(
        [AsParameters] AccessQuestion question, CurrentTenant current, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var (user, permission) = (question.User!.Value, question.Permission);
        var member = await db.TenantUsers.AsNoTracking()
            .SingleOrDefaultAsync(row => row.TenantId == db.TenantId && row.UserId == user, cancellationToken);
        var names = member?.Roles ?? [];
        var roles = await db.RolesOfTenant().AsNoTracking().Where(role => names.Contains(role.Name)).ToListAsync(cancellationToken);

        return TypedResults.Ok(AccessDecision.Explain(user, permission, member, roles));
    }
}
