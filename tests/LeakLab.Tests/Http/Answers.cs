using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TenantPlatform.LeakLab.Tests.Http;

/// <summary>Mutations of what is answered, believed, cached and written.</summary>
internal static class Answers
{
    private const string TodoById = "select json_build_object('id', id, 'title', title)::text from pooled.todos where id = $1";

    private static readonly ConcurrentDictionary<string, string> Cache = new();

    public static readonly ApiMutation[] All =
    [
        new("a row is read without its tenant", "GET /tenants/{tenant}/todos/{id}", "another tenant's row", (context, next, database) => Refusals.OnNotFound(context, next, async _ =>
            await TodoAsync(context, database) is { } todo ? (200, todo) : null)),
        new("304 for another tenant's row", "GET /tenants/{tenant}/todos/{id}", "another tenant's row, if it has changed", (context, next, database) => Refusals.OnNotFound(context, next, async _ =>
            context.Request.Headers.IfNoneMatch.Count > 0 && await TodoAsync(context, database) is not null ? (304, "") : null)),
        new("a row is deleted in spite of the refusal", "DELETE /tenants/{tenant}/todos/{id}", "another tenant's row", (context, next, database) => Refusals.OnNotFound(context, next, async body =>
        {
            await database.ExecuteAsync("update pooled.todos set deleted = now() where id = $1", Guid.Parse(Refusals.Part(context, 4)));
            return (404, body);
        })),
        new("a filter forgets the tenant", "GET /tenants/{tenant}/todos", "another tenant's values in the query", (context, next, database) => Buffered.RewriteAsync(context, next, async (status, body) =>
            status is 200 && Guid.TryParse(context.Request.Query["assignedTo"], out var assignee)
                ? (200, $"{await database.ScalarAsync("select json_build_object('items', json_agg(title))::text from pooled.todos where assigned_to = $1", assignee)}")
                : null)),
        new("any list's cursor will do", "GET /tenants/{tenant}/todos", "another tenant's cursor", (context, next, _) => Buffered.RewriteAsync(context, next, (status, _) =>
            Task.FromResult<(int, string)?>(status is 400 && context.Request.Query.ContainsKey("cursor") ? (200, """{"items":[],"nextCursor":null}""") : null))),
        new("a field that nobody asked for is believed", "POST /tenants/{tenant}/todos", "another tenant's ids in fields that nobody asked for", async (context, next, _) =>
        {
            context.Request.EnableBuffering();
            var sent = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            context.Request.Body.Position = 0;
            await Buffered.RewriteAsync(context, next, (status, body) => Task.FromResult<(int, string)?>(
                status is 201 && sent?["createdBy"] is { } author ? (201, With(body, "createdBy", author)) : null));
        }),
        new("a stranger as assignee is told from nobody", "POST /tenants/{tenant}/todos", "another tenant's id in the body", async (context, next, database) =>
        {
            context.Request.EnableBuffering();
            var assignee = (string?)(await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))?["assignedTo"] ?? "";
            context.Request.Body.Position = 0;
            await Buffered.RewriteAsync(context, next, async (status, body) =>
                status is 400 && await database.ScalarAsync("select 1 from platform.users where id::text = $1", assignee) is not null
                    ? (400, body.Replace("is not a member", "is a member of another", StringComparison.Ordinal)) : null);
        }),
        new("answers may be cached", "GET /auth/me", "answer that a cache may keep", (context, next, _) =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.CacheControl = "private, max-age=60";
                return Task.CompletedTask;
            });
            return next(context);
        }),
        new("answers are cached by address", "GET /tenants/{tenant}/todos/{id}", "answer to another, asked again", (context, next, _) => Buffered.RewriteAsync(context, next, (status, body) =>
            Task.FromResult<(int, string)?>((200, status is 200 ? Cache.GetOrAdd(context.Request.Path, body) : Cache.GetValueOrDefault(context.Request.Path) ?? body)))),
        new("X-Tenant is believed", "GET /tenants/{tenant}/todos", "tenant in a header", (context, next, _) =>
        {
            if (context.Request.Headers.TryGetValue("X-Tenant", out var tenant))
                context.Request.Path = $"/tenants/{tenant}/todos";
            return next(context);
        }),
        new("X-Original-URL is believed", "GET /tenants/{tenant}/todos/{id}", "another path in a header", (context, next, _) =>
        {
            if (context.Request.Headers.TryGetValue("X-Original-URL", out var path))
                context.Request.Path = path.ToString();
            return next(context);
        }),
        new("X-HTTP-Method-Override is believed", "GET /tenants/{tenant}/todos/{id}", "another method in a header", (context, next, _) =>
        {
            if (context.Request.Headers.TryGetValue("X-HTTP-Method-Override", out var method))
                context.Request.Method = method.ToString();
            return next(context);
        }),
        new("If-Match is ignored", "PUT /tenants/{tenant}/todos/{id}", "another tenant's ETag", (context, next, _) =>
        {
            context.Request.Headers.IfMatch = default;
            return next(context);
        }),
    ];

    private static async Task<string?> TodoAsync(HttpContext context, Database database) =>
        Guid.TryParse(Refusals.Part(context, 4), out var id) ? (string?)await database.ScalarAsync(TodoById, id) : null;

    private static string With(string body, string name, JsonNode value)
    {
        var changed = JsonNode.Parse(body)!;
        changed[name] = value.DeepClone();
        return changed.ToJsonString();
    }
}
