namespace TenantPlatform.ApiService;

internal static class ResponseHeaders
{
    private static readonly PathString[] Public = ["/docs", "/openapi", "/health", "/alive"];

    /// <summary>Keeps everything that could be a tenant's data out of every cache, error answers included.</summary>
    public static void UseResponseHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // When the response starts, because the exception handler empties the headers that were set before it.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";

            if (!Public.Any(path => context.Request.Path.StartsWithSegments(path)))
            {
                context.Response.Headers.CacheControl = "private, no-store";
            }

            return Task.CompletedTask;
        });

        return next(context);
    });
}
