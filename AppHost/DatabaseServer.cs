using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace TenantPlatform.AppHost;

/// <summary>
/// The PostgreSQL server of this run. In this order: the one of ConnectionStrings:postgres; a container, when publishing
/// or when Docker answers and the official Aspire packages can drive it; else one without Docker, see EmbeddedServer.
/// </summary>
/// <param name="Resource">What to wait for; null for a server that somebody else runs.</param>
/// <param name="Admin">The application's database, as a role that may create roles.</param>
/// <param name="Address">Host and port in the form of a connection string, for further roles.</param>
internal sealed record DatabaseServer(
    IResourceBuilder<IResource>? Resource, IResourceBuilder<IResourceWithConnectionString> Admin, ReferenceExpression Address)
{
    public const string Database = "tenantplatform";
    public const string AdminName = "tenantplatform-admin";

    public static async Task<DatabaseServer> AddAsync(IDistributedApplicationBuilder builder, LocalState local)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return AddContainer(builder);
        }

        if (builder.Configuration.GetConnectionString("postgres") is { Length: > 0 } existing)
        {
            return AddExisting(builder, existing);
        }

        return CanRunContainers() ? AddContainer(builder) : await EmbeddedServer.AddAsync(builder, local);
    }

    public async Task<(string? Host, int Port)> GetAddressAsync(CancellationToken cancellationToken)
    {
        var address = new NpgsqlConnectionStringBuilder(await Address.GetValueAsync(cancellationToken));
        return (address.Host, address.Port);
    }

    private static DatabaseServer AddContainer(IDistributedApplicationBuilder builder)
    {
        var server = builder.AddPostgres("postgres").WithImageTag("18.4").WithDataVolume("tenantplatform-postgres");
        var endpoint = server.Resource.PrimaryEndpoint;

        return new DatabaseServer(
            server,
            server.AddDatabase(AdminName, Database),
            ReferenceExpression.Create($"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)}"));
    }

    private static DatabaseServer AddExisting(IDistributedApplicationBuilder builder, string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString) { Database = Database };
        var port = given.Port.ToString(CultureInfo.InvariantCulture);

        return new DatabaseServer(
            null,
            builder.AddConnectionString(AdminName, ReferenceExpression.Create($"{given.ConnectionString}")),
            ReferenceExpression.Create($"Host={given.Host};Port={port};SSL Mode={given.SslMode.ToString()}"));
    }

    // The stand-ins for a feed without Aspire run no containers; which packages were built against is stamped on the assembly.
    private static bool CanRunContainers() =>
        typeof(DatabaseServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Any(metadata => metadata is { Key: "AspireFeed", Value: "official" })
        && ContainerRuntime.Answers();
}
