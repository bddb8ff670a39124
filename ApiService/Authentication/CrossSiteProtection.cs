using TenantPlatform.ApiService.Problems;

namespace TenantPlatform.ApiService.Authentication;

internal static class CrossSiteProtection
{
    private const string Detail = "Requests with the session's cookie that change something must come from a page of this origin. Programs send the token as bearer.";

    /// <summary>A cookie comes along whoever made the browser send the request, so what it may change is for our own pages only.</summary>
    public static void UseCrossSiteProtection(this WebApplication app) => app.Use((context, next) =>
        context.User.Identity?.AuthenticationType == SessionAuthenticationHandler.Cookie
        && !RequestOrigin.IsSafe(context.Request) && !RequestOrigin.IsOwn(context.Request)
            ? ProblemType.CrossSiteRequest.Result(Detail).ExecuteAsync(context)
            : next(context));
}
