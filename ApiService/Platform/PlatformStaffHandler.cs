using Microsoft.AspNetCore.Authorization;
using TenantPlatform.ApiService.Problems;

namespace TenantPlatform.ApiService.Platform;

internal sealed class PlatformStaffRequirement : IAuthorizationRequirement;

/// <summary>Asks whether the user has the <see cref="RequiredPlatformRole"/> of the endpoint.</summary>
internal sealed class PlatformStaffHandler(KnownStaff staff) : AuthorizationHandler<PlatformStaffRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PlatformStaffRequirement requirement)
    {
        if (context.User.Identity is not { IsAuthenticated: true } || context.Resource is not HttpContext http)
        {
            return;
        }

        if (await staff.FindAsync(context.User, http.RequestAborted) is not { } member)
        {
            context.Fail(new ProblemReason(this, ProblemType.NotFound));
            return;
        }

        if (http.GetEndpoint()?.Metadata.GetMetadata<RequiredPlatformRole>()?.IsMetBy(member.Role) is not true)
        {
            context.Fail(new ProblemReason(this, ProblemType.MissingPermission, "Only admins of the platform may do this: support looks, and changes nothing."));
            return;
        }

        context.Succeed(requirement);
    }
}
