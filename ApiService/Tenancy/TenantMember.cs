using Microsoft.AspNetCore.Authorization;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

internal sealed class TenantMemberRequirement : IAuthorizationRequirement
{
    public const string RouteParameter = "tenant";
}

/// <summary>
/// Finds the tenant of the path among the user's own, makes it the <see cref="CurrentTenant"/>, and asks whether the user's
/// roles there imply the <see cref="RequiredPermission"/> of the endpoint.
/// </summary>
internal sealed class TenantMemberHandler(KnownMemberships memberships, RolePermissions roles, CurrentTenant current)
    : AuthorizationHandler<TenantMemberRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, TenantMemberRequirement requirement)
    {
        if (context.User.Identity is not { IsAuthenticated: true } || context.Resource is not HttpContext http)
        {
            return;
        }

        var userId = context.User.GetUserId();
        var name = (string)http.GetRouteValue(TenantMemberRequirement.RouteParameter)!;

        if (await memberships.FindAsync(userId, name, http.RequestAborted) is not { } membership)
        {
            context.Fail(new ProblemReason(this, ProblemType.NotFound));
            return;
        }

        if (membership.TenantStatus == TenantStatus.Suspended)
        {
            context.Fail(new ProblemReason(this, ProblemType.TenantSuspended));
            return;
        }

        var tenant = TenantContext.ForTenant(membership.TenantId, userId);
        var permissions = await roles.OfAsync(tenant, membership.Roles, http.RequestAborted);

        if (http.GetEndpoint()?.Metadata.GetMetadata<RequiredPermission>() is { } required && !permissions.Implies(required.Permission))
        {
            context.Fail(new ProblemReason(this, ProblemType.MissingPermission, $"Your roles in this tenant do not include {required.Permission}."));
            return;
        }

        current.Enter(tenant, permissions);
        context.Succeed(requirement);
    }
}
