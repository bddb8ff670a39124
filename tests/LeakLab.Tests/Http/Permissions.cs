using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TenantPlatform.LeakLab.Tests.Http;

/// <summary>Mutations of operations that promise to ask for a role and do not.</summary>
internal static class Permissions
{
    private const string PlatformPath = "/platform/tenants";

    public static readonly ApiMutation[] All =
    [
        new("a permission is declared and not asked for", "GET /tenants/{tenant}", "member without the permission", (context, next, _) => next(context))
        {
            Describe = document => document["paths"]!["/tenants/{tenant}"]!["get"]!["x-permission"] = "tenant:read",
        },
        new("an operation of the platform serves anybody", $"GET {PlatformPath}", "tenant owner without a platform role", async (context, next, database) =>
        {
            if (context.Request.Path == PlatformPath)
                await context.Response.WriteAsync($"{await database.ScalarAsync("select count(*)::text from platform.tenants")}", context.RequestAborted);
            else
                await next(context);
        })
        {
            Describe = document => document["paths"]![PlatformPath] = JsonNode.Parse("""{"get":{"operationId":"ListAllTenants","security":[{"session":[]}]}}"""),
        },
    ];
}
