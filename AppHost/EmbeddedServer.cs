using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using TenantPlatform.EmbeddedPostgres;

namespace TenantPlatform.AppHost;

/// <summary>A real PostgreSQL server without Docker, run by the project EmbeddedPostgres as a resource of its own.</summary>
internal static class EmbeddedServer
{
    private const string HealthCheck = "postgres_check";

    public static async Task<DatabaseServer> AddAsync(IDistributedApplicationBuilder builder, LocalState local)
    {
        // Here, and not when the resource starts, so that a first download shows its progress on the console.
        await PostgresBinaries.EnsureAsync(Console.WriteLine, CancellationToken.None);

        var password = builder.AddSecret("postgres-password");
        var port = FreePort.Any();
        var program = typeof(PostgresBinaries).Assembly.Location;
        string[] data = local.Folder is null ? [] : ["--data", Path.Combine(local.Folder, "postgres")];
        string[] arguments = [program, "run", "--port", port.ToString(CultureInfo.InvariantCulture), .. data];

        // Not proxied: the API's queries should not pass through another process.
        var server = builder.AddExecutable("postgres", "dotnet", builder.AppHostDirectory, arguments)
            .WithEnvironment("POSTGRES_PASSWORD", password)
            .WithEndpoint(port: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithIconName("DatabaseMultiple")
            .WithHealthCheck(HealthCheck);

        var endpoint = server.GetEndpoint("tcp");
        var address = ReferenceExpression.Create($"Host=127.0.0.1;Port={endpoint.Property(EndpointProperty.Port)}");
        var admin = ReferenceExpression.Create($"{address};Username=postgres;Password={password}");
        builder.Services.AddHealthChecks().AddAsyncCheck(HealthCheck, cancellationToken => CheckAsync(admin, cancellationToken));

        return new DatabaseServer(
            server,
            builder.AddConnectionString(DatabaseServer.AdminName, ReferenceExpression.Create($"{admin};Database={DatabaseServer.Database}")),
            address);
    }

    private static async Task<HealthCheckResult> CheckAsync(ReferenceExpression connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{await connectionString.GetValueAsync(cancellationToken)};Database=postgres;Pooling=false");
            await connection.OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
