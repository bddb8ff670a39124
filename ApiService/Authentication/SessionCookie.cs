namespace TenantPlatform.ApiService.Authentication;

/// <summary>The session's token where scripts of a page cannot read it.</summary>
internal static class SessionCookie
{
    // Browsers take a cookie of this prefix only from the host itself, encrypted and for all paths: no subdomain can plant one.
    private const string SecureName = "__Host-session";
    private const string DevelopmentName = "session";

    public static string? Read(HttpContext http) => http.Request.Cookies[Name(http)];

    public static void Write(HttpContext http, string token, DateTimeOffset expires) =>
        http.Response.Cookies.Append(Name(http), token, Attributes(http, expires));

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name(http), Attributes(http, null));

    private static CookieOptions Attributes(HttpContext http, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = IsSecure(http),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };

    private static string Name(HttpContext http) => IsSecure(http) ? SecureName : DevelopmentName;

    // Elsewhere plain HTTP means that a proxy in front has done the encryption.
    private static bool IsSecure(HttpContext http) =>
        http.Request.IsHttps || !http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
}
