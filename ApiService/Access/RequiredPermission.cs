using TenantPlatform.ApiService.Authentication;
using TenantPlatform.Data.Access;

namespace TenantPlatform.ApiService.Access;

/// <summary>What a member must be permitted to do to call the endpoint. The OpenAPI document carries it as x-permission.</summary>
internal sealed record RequiredPermission(string Permission);

internal static class RequiredPermissionExtensions
{
    /// <summary>For members of the tenant in the path whose roles imply the permission; the most specific of group and endpoint counts.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoints, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        if (!PermissionSet.IsValid(permission))
        {
            throw new ArgumentException($"'{permission}' is no permission: write module:action.", nameof(permission));
        }

        // 409 while the tenant is being set up.
        return endpoints.RequireAuthorization(Policies.TenantMember).WithMetadata(
            new RequiredPermission(permission),
            Problem(StatusCodes.Status403Forbidden),
            Problem(StatusCodes.Status409Conflict));
    }

    private static ProducesResponseTypeMetadata Problem(int status) =>
        new(status, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]);
}
