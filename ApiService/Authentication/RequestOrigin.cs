using Microsoft.Net.Http.Headers;

namespace TenantPlatform.ApiService.Authentication;

/// <summary>Tells requests of our own pages from those that a browser sends for somebody else's.</summary>
internal static class RequestOrigin
{
    private const string FetchSite = "Sec-Fetch-Site";
    private const string SameOrigin = "same-origin";

    /// <summary>
    /// Browsers set both headers themselves and let no page change them. One that sends neither cannot be told from a foreign
    /// page, and is refused; programs use bearer tokens.
    /// </summary>
    public static bool IsOwn(HttpRequest request) => request.Headers[FetchSite] is { Count: > 0 } site
        ? site == SameOrigin
        : Uri.TryCreate(request.Headers[HeaderNames.Origin], UriKind.Absolute, out var origin) && IsOwn(origin, request);

    public static bool IsSafe(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    // Behind a proxy that encrypts, our scheme is not the browser's, but the host is.
    private static bool IsOwn(Uri origin, HttpRequest request) =>
        (origin.Scheme == Uri.UriSchemeHttps || (origin.Scheme == Uri.UriSchemeHttp && !request.IsHttps))
        && HostString.FromUriComponent(origin).Equals(request.Host);
}
