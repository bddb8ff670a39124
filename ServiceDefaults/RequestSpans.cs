using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TenantPlatform.ServiceDefaults;

/// <summary>ASP.NET Core gives the spans of all requests one name, and a span to every health probe as well.</summary>
internal static class RequestSpans
{
    public static void UseRequestSpans(this IApplicationBuilder app, params string[] unrecorded) => app.Use((context, next) =>
    {
        if (Activity.Current is { } span)
        {
            Describe(span, context, unrecorded);
        }

        return next(context);
    });

    private static void Describe(Activity span, HttpContext context, string[] unrecorded)
    {
        if (unrecorded.Contains(context.Request.Path.Value))
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
        else if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            span.DisplayName = $"{context.Request.Method} {route}";
            span.SetTag("http.route", route);
        }
    }
}
