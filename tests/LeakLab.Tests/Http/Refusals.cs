using Microsoft.AspNetCore.Http;
using TenantPlatform.LeakLab.Http;

namespace TenantPlatform.LeakLab.Tests.Http;

/// <summary>Mutations of who is refused, and how.</summary>
internal static class Refusals
{
    private const string SessionsUser = "(select user_id from platform.sessions where token_hash = sha256(convert_to($1, 'UTF8')))";

    public static readonly ApiMutation[] All =
    [
        new("403 instead of 404", "GET /tenants/{tenant}/todos/{id}", "another tenant's row", (context, next, _) => OnNotFound(context, next, body => Task.FromResult<(int, string)?>((403, body)))),
        new("refusal that says the tenant exists", "GET /tenants/{tenant}/todos", "another tenant by its name", (context, next, database) => OnNotFound(context, next, async body =>
            await database.ScalarAsync("select 1 from platform.tenants where key = $1", Part(context, 2)) is null ? null
                : (404, body.Replace("There is nothing here.", "You are no member.", StringComparison.Ordinal)))),
        new("refusal with another header where the tenant exists", "GET /tenants/{tenant}/todos", "another tenant by its name", (context, next, database) => OnNotFound(context, next, async body =>
        {
            if (await database.ScalarAsync("select 1 from platform.tenants where key = $1", Part(context, 2)) is not null)
                context.Response.Headers["X-Cell"] = "eu-1";
            return (404, body);
        })),
        new("refusal with the owner's id in a header", "GET /tenants/{tenant}/todos/{id}", "another tenant by its name", (context, next, database) => OnNotFound(context, next, async body =>
        {
            context.Response.Headers["X-Owner"] = $"{await database.ScalarAsync("select created_by from platform.tenants where key = $1", Part(context, 2))}";
            return (404, body);
        })),
        new("expired sessions are good", "GET /auth/me", "expired session", async (context, next, database) =>
        {
            await database.ExecuteAsync("update platform.sessions set expires = now() + '1 hour' where token_hash = sha256(convert_to($1, 'UTF8'))", Token(context));
            await next(context);
        }),
        new("former members are let in", "GET /tenants/{tenant}/todos", "removed member with a live session", async (context, next, database) =>
        {
            await database.ExecuteAsync($"update platform.tenant_users set deleted = null where user_id = {SessionsUser}", Token(context));
            await next(context);
        }),
        new("suspended members are let in", "GET /tenants/{tenant}/todos", "suspended member with a live session", async (context, next, database) =>
        {
            await database.ExecuteAsync($"update platform.tenant_users set status = 'active' where user_id = {SessionsUser}", Token(context));
            await next(context);
        }),
        new("suspended tenants are served", "POST /tenants/{tenant}/todos", "owner of a suspended tenant", async (context, next, database) =>
        {
            await database.ExecuteAsync("update platform.tenants set status = 'active' where key = $1", Part(context, 2));
            await next(context);
        }),
        new("deleted tenants are served", "DELETE /tenants/{tenant}/todos/{id}", "owner of a deleted tenant", async (context, next, database) =>
        {
            await database.ExecuteAsync("update platform.tenants set deleted = null where key = $1", Part(context, 2));
            await next(context);
        }),
        new("the rightful caller is refused too", "GET /auth/me", HttpLab.RightfulCaller, (context, _, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        }),
    ];

    public static Task OnNotFound(HttpContext context, RequestDelegate next, Func<string, Task<(int, string)?>> rewrite) =>
        Buffered.RewriteAsync(context, next, async (status, body) => status is 404 ? await rewrite(body) : null);

    /// <summary>A part of the path: /tenants/{2}/todos/{4}.</summary>
    public static string Part(HttpContext context, int number) => context.Request.Path.Value!.Split('/').ElementAtOrDefault(number) ?? "";

    private static string Token(HttpContext context) => context.Request.Headers.Authorization.ToString().Split(' ')[^1];
}
