using System.Text;
using Microsoft.AspNetCore.Http;

namespace TenantPlatform.LeakLab.Tests.Http;

/// <summary>Lets a mutation rewrite an answer after the API has made it.</summary>
internal static class Buffered
{
    /// <param name="rewrite">Gets status and body; null leaves the answer as it is.</param>
    public static async Task RewriteAsync(HttpContext context, RequestDelegate next, Func<int, string, Task<(int Status, string Body)?>> rewrite)
    {
        var network = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = network;
        }

        var text = Encoding.UTF8.GetString(body.ToArray());

        if (await rewrite(context.Response.StatusCode, text) is { } other)
            (context.Response.StatusCode, text) = other;

        if (text.Length > 0 && context.Response.StatusCode is not StatusCodes.Status304NotModified)
            await context.Response.WriteAsync(text, context.RequestAborted);
    }
}
