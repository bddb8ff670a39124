using System.Diagnostics;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Api;

/// <summary>One way of serving the same two endpoints from the same tables.</summary>
/// <param name="Launch">How the server is started over a database, at an address.</param>
internal sealed record Variant(string Name, string Description, Func<BenchDatabase, Uri, ProcessStartInfo> Launch)
{
    public const string Ours = "ours";
    public const string Former = "former";

    public static IReadOnlyList<Variant> All { get; } =
    [
        Drizzle("A", "Node, fastify, drizzle-orm, postgres-js; session and membership in one joined query"),
        Drizzle("Ac", "the same, session and membership remembered for 10 s", "--cached"),
        AspNet("B1", "ASP.NET Core and Npgsql without row-level security; session and membership in one joined query"),
        AspNet("B2", "the same, session and membership remembered for 10 s"),
        AspNet("B4", "ASP.NET Core and EF Core without row-level security: compiled query, pooled context, session remembered"),
        Product(Ours, "the API as shipped, all middleware on", Repository.Own),
    ];

    public static Variant Product(string name, string description, Repository repository) =>
        new(name, description, (database, address) => new ProcessStartInfo("dotnet", [repository.Program("ApiService", "ApiService")])
        {
            WorkingDirectory = Path.GetDirectoryName(repository.Program("ApiService", "ApiService")),
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_URLS"] = address.ToString(),
                ["ConnectionStrings__tenantplatform"] = database.App,
                ["Tenancy__SigningKey"] = database.Server.SigningKey,
                // Production insists on a mail server; no message is sent here.
                ["Notifications__Host"] = "127.0.0.1",
                ["Notifications__From"] = "bench@example.org",
                ["Notifications__LinkBase"] = "https://bench.example.org",
            },
        });

    private static Variant Drizzle(string name, string description, params string[] arguments) =>
        new(name, description, (database, address) => new ProcessStartInfo("node", ["server.js", .. arguments])
        {
            WorkingDirectory = DrizzlePeer.Folder,
            Environment =
            {
                ["NODE_ENV"] = "production",
                ["PORT"] = $"{address.Port}",
                ["DATABASE_URL"] = DrizzlePeer.ConnectionUrl(database),
            },
        });

    private static Variant AspNet(string name, string description) =>
        new(name, description, (database, address) =>
            new ProcessStartInfo("dotnet", [Repository.Own.Program("bench/peers/aspnet", "AspNetPeer"), "--variant", name])
            {
                Environment =
                {
                    ["ASPNETCORE_ENVIRONMENT"] = "Production",
                    ["ASPNETCORE_URLS"] = address.ToString(),
                    ["ConnectionStrings__bench"] = database.Owner,
                },
            });
}
