using TenantPlatform.ApiService.Authentication;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

/// <summary>What somebody must be of the platform's staff to call the endpoint. The OpenAPI document carries it as x-permission.</summary>
internal sealed record RequiredPlatformRole(string Role)
{
    public string Permission => $"platform:{Role}";

    /// <summary>Admins may do all that support may.</summary>
    public bool IsMetBy(string role) => role == Role || role == PlatformRole.Admin;
}

internal static class RequiredPlatformRoleExtensions
{
    /// <summary>For the platform's staff; to everybody else there is nothing here. The most specific of group and endpoint counts.</summary>
    public static TBuilder RequirePlatformRole<TBuilder>(this TBuilder endpoints, string role)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(Policies.PlatformStaff).WithMetadata(
            new RequiredPlatformRole(role),
            Problem(StatusCodes.Status401Unauthorized), Problem(StatusCodes.Status403Forbidden), Problem(StatusCodes.Status404NotFound));

    private static ProducesResponseTypeMetadata Problem(int status) =>
        new(status, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]);
}
