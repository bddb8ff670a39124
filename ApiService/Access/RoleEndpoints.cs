using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.ApiService.Tenancy;
using TenantPlatform.Data;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Access;

/// <summary>The roles of a tenant. They change under the members' lock, as who may give which role depends on both.</summary>
internal static class RoleEndpoints
{
    private const string Read = "roles:read";
    private const string Write = "roles:write";

    /// <summary>So that a list of roles needs no pages.</summary>
    private const int MaximumRoles = 100;

    public static RouteGroupBuilder MapRoles(this IEndpointRouteBuilder routes)
    {
        var roles = routes.MapGroup("/tenants/{tenant}/roles").WithTags("Access").RequireRateLimiting(TenantRateLimit.Policy)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

        roles.MapGet("/", ListRoles).RequirePermission(Read).WithName(nameof(ListRoles));
        roles.MapGet("/{id:guid}", GetRole).RequirePermission(Read).WithName(nameof(GetRole));
        roles.MapPost("/", CreateRole).RequirePermission(Write).WithName(nameof(CreateRole)).ProducesProblem(StatusCodes.Status409Conflict);
        roles.MapPut("/{id:guid}", UpdateRole).RequirePermission(Write).WithName(nameof(UpdateRole))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithDescription("Replaces description and permissions; the name stays, as memberships refer to it.");
        roles.MapDelete("/{id:guid}", DeleteRole).RequirePermission(Write).WithName(nameof(DeleteRole)).ProducesProblem(StatusCodes.Status409Conflict);

        return roles;
    }

    private static async Task<Ok<RolesResponse>> ListRoles(
        CurrentTenant current, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var roles = await db.RolesOfTenant()
            .OrderByDescending(role => role.IsSystem).ThenBy(role => role.Name)
            .Select(RoleResponse.FromRole)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(new RolesResponse(roles));
    }

    private static async Task<Results<Ok<RoleResponse>, NotFound>> GetRole(
        Guid id, CurrentTenant current, TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);

        if (await db.RolesOfTenant().Where(role => role.Id == id).Select(RoleResponse.FromRole).SingleOrDefaultAsync(cancellationToken) is not { } role)
        {
            return TypedResults.NotFound();
        }

        response.SetETag(role.Updated);
        return TypedResults.Ok(role);
    }

    private static async Task<Results<Created<RoleResponse>, ProblemHttpResult>> CreateRole(
        string tenant, CreateRoleRequest request, CurrentTenant current, TenancyDb<PlatformDbContext> platform, HttpResponse response,
        CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.Roles.CountAsync(role => role.TenantId == db.TenantId, cancellationToken) >= MaximumRoles)
        {
            return ProblemType.TooManyRoles.Result();
        }

        if (await RefusalAsync(db, request.Permissions, current, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var role = new Role { TenantId = db.TenantId, Name = request.Name, Description = request.Description, Permissions = request.Permissions };
        db.Roles.Add(role);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        response.SetETag(role.Updated);
        return TypedResults.Created($"/tenants/{tenant}/roles/{role.Id}", RoleResponse.From(role));
    }

    private static async Task<Results<Ok<RoleResponse>, NotFound, ProblemHttpResult>> UpdateRole(
        Guid id, UpdateRoleRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, CurrentTenant current,
        TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.RolesOfTenant().SingleOrDefaultAsync(role => role.Id == id, cancellationToken) is not { } role)
        {
            return TypedResults.NotFound();
        }

        if (role.IsSystem)
        {
            return ProblemType.SystemRole.Result("Make a role of your own instead.");
        }

        if (!role.Updated.IsMatchedBy(ifMatch))
        {
            return ProblemType.StaleVersion.Result();
        }

        // What the role permits already counts too: whoever has less must not touch a role that others hold.
        if (await RefusalAsync(db, [.. request.Permissions, .. role.Permissions], current, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        (role.Description, role.Permissions) = (request.Description, request.Permissions);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        response.SetETag(role.Updated);
        return TypedResults.Ok(RoleResponse.From(role));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeleteRole(
        Guid id, CurrentTenant current, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.RolesOfTenant().SingleOrDefaultAsync(role => role.Id == id, cancellationToken) is not { } role)
        {
            return TypedResults.NotFound();
        }

        if (role.IsSystem)
        {
            return ProblemType.SystemRole.Result();
        }

        if (await RefusalAsync(db, role.Permissions, current, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (await db.UseOfRoleAsync(role.Name, cancellationToken) is { } use)
        {
            return ProblemType.RoleInUse.Result(use);
        }

        role.Deleted = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.NoContent();
    }

    private static async Task<ProblemHttpResult?> RefusalAsync(
        PlatformDbContext db, IReadOnlyList<string> permissions, CurrentTenant current, CancellationToken cancellationToken)
    {
        var known = await db.Permissions.Where(entry => permissions.Contains(entry.Key)).Select(entry => entry.Key).ToListAsync(cancellationToken);

        if (permissions.Except(known).FirstOrDefault() is { } unknown)
        {
            return ProblemType.Invalid("permissions", $"There is no permission '{unknown}': choose from /permissions.");
        }

        var caller = await db.CallersPermissionsAsync(current, cancellationToken);

        if (!caller.Implies(Write))
        {
            return ProblemType.MissingPermission.Result();
        }

        return permissions.FirstOrDefault(permission => !caller.Implies(permission)) is { } beyond
            ? ProblemType.RoleBeyondYours.Result($"Your roles do not imply {beyond}: ask an owner.")
            : null;
    }
}
