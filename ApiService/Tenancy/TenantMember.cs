using Microsoft.AspNetCore.Authorization;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

internal sealed class TenantMemberRequirement : IAuthorizationRequirement
{
    public const string RouteParameter = "tenant";
}

/// <summary>Finds the tenant of the path among the user's own and makes it the <see cref="CurrentTenant"/>. One query per request.</summary>
internal sealed class TenantMemberHandler(TenancyDb<PlatformDbContext> platform, CurrentTenant current) : AuthorizationHandler<TenantMemberRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, TenantMemberRequirement requirement)
    {
        if (context.User.Identity is not { IsAuthenticated: true } || context.Resource is not HttpContext http)
        {
            return;
        }

        var userId = context.User.GetUserId();
        var name = (string)http.GetRouteValue(TenantMemberRequirement.RouteParameter)!;
        await using var db = platform.Open(TenantContext.ForUser(userId));
        var membership = await db.FindMembershipAsync(userId, name, http.RequestAborted);

        if (membership is null)
        {
            context.Fail(new ProblemReason(this, ProblemType.NotFound));
        }
        else if (membership.Tenant.Status == TenantStatus.Suspended)
        {
            context.Fail(new ProblemReason(this, ProblemType.TenantSuspended));
        }
        else
        {
            current.Enter(membership.Tenant, userId);
            context.Succeed(requirement);
        }
    }
}
