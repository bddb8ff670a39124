using System.Net.Http.Headers;

namespace TenantPlatform.ApiService.Authentication;

internal static class BearerToken
{
    public const string Scheme = "Bearer";

    /// <summary>What the Authorization header brings, if it is a bearer token of whatever form.</summary>
    public static string? Read(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase) ? header.Parameter : null;
}
