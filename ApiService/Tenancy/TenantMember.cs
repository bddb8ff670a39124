using Microsoft.AspNetCore.Authorization;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Platform;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

internal sealed class TenantMemberRequirement : IAuthorizationRequirement
{
    public const string RouteParameter = "tenant";
}

/// <summary>
/// Finds the tenant of the path among the user's own, or the one that they have entered as the platform's staff, makes it the
/// <see cref="CurrentTenant"/>, and asks whether the user's roles there imply the <see cref="RequiredPermission"/> of the endpoint.
/// </summary>
internal sealed class TenantMemberHandler(KnownMemberships memberships, RolePermissions roles, KnownEntries entries, CurrentTenant current)
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
        var membership = await memberships.FindAsync(userId, name, http.RequestAborted);

        if (membership is { TenantStatus: TenantStatus.Active })
        {
            var tenant = TenantContext.ForTenant(membership.TenantId, userId);
            Admit(tenant, await roles.OfAsync(tenant, membership.Roles, http.RequestAborted), "Your roles in this tenant do not include");
        }
        else if (await entries.FindAsync(context.User, name, http.RequestAborted) is { } entry)
        {
            Admit(TenantContext.ForPlatform(entry.TenantId, userId), entry.Permissions, "Support looks, and changes nothing: it does not have");
        }
        else
        {
            context.Fail(new ProblemReason(this, membership is null ? ProblemType.NotFound : Refusal(membership)));
        }

        static ProblemType Refusal(KnownMembership membership) =>
            membership.TenantStatus == TenantStatus.Provisioning ? ProblemType.TenantProvisioning : ProblemType.TenantSuspended;

        void Admit(TenantContext tenant, PermissionSet permissions, string missing)
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<RequiredPermission>() is { } required && !permissions.Implies(required.Permission))
            {
                context.Fail(new ProblemReason(this, ProblemType.MissingPermission, $"{missing} {required.Permission}."));
                return;
            }

            current.Enter(tenant, permissions);
            context.Succeed(requirement);
        }
    }
}
