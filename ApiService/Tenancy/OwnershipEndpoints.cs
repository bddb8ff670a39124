using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>What members do about their own membership.</summary>
internal static class OwnershipEndpoints
{
    public static RouteGroupBuilder MapOwnership(this IEndpointRouteBuilder routes)
    {
        var tenant = routes.MapGroup("/tenants/{tenant}").WithTags("Members")
            .RequireRateLimiting(TenantRateLimit.Policy)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

        tenant.MapPost("/leave", LeaveTenant).RequireAuthorization(Policies.TenantMember).WithName(nameof(LeaveTenant))
            .ProducesProblem(StatusCodes.Status403Forbidden);
        tenant.MapPost("/transfer-ownership", TransferOwnership).RequirePermission("tenant:transfer").WithName(nameof(TransferOwnership))
            .ProducesValidationProblem()
            .WithDescription("The member becomes an owner, and the caller steps down, in one step.");

        return tenant;
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> LeaveTenant(
        CurrentTenant current, TenancyDb<PlatformDbContext> platform, MemberRemoval removal, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        switch (await removal.RemoveAsync(db, current.Context.UserId!.Value, cancellationToken))
        {
            case Removal.NotAMember:
                return TypedResults.NotFound();
            case Removal.LastOwner:
                return ProblemType.LastOwner.Result(Owners.Advice);
            default:
                await transaction.CommitAsync(cancellationToken);
                return TypedResults.NoContent();
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TransferOwnership(
        TransferOwnershipRequest request, CurrentTenant current, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);
        var (owner, heir) = (await db.FindActiveAsync(current.Context.UserId, cancellationToken), await db.FindActiveAsync(request.UserId, cancellationToken));

        if (owner?.IsActiveOwner() is not true)
        {
            return ProblemType.OwnersOnly.Result();
        }

        if (heir is null || heir == owner)
        {
            return ProblemType.Invalid("userId", "The heir must be another active member of the tenant.");
        }

        var keptRole = request.KeepRole ?? TenantRole.Admin;

        if (await RefusalToKeepAsync(db, keptRole, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        heir.Roles = [TenantRole.Owner, .. heir.Roles.Except([TenantRole.Owner])];
        owner.Roles = [.. owner.Roles.Except([TenantRole.Owner]).Append(keptRole).Distinct()];
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.NoContent();
    }

    private static async Task<ProblemHttpResult?> RefusalToKeepAsync(PlatformDbContext db, string role, CancellationToken cancellationToken)
    {
        if (role == TenantRole.Owner)
        {
            return ProblemType.Invalid("keepRole", "Who hands the tenant over is an owner no more. To have several owners, change the member's roles.");
        }

        return await db.HasRoleAsync(role, cancellationToken) ? null : ProblemType.Invalid("keepRole", "The tenant has no such role.");
    }

    private static Task<TenantUser?> FindActiveAsync(this PlatformDbContext db, Guid? userId, CancellationToken cancellationToken) =>
        db.TenantUsers.SingleOrDefaultAsync(
            member => member.TenantId == db.TenantId && member.UserId == userId && member.Status == TenantUserStatus.Active, cancellationToken);
}
