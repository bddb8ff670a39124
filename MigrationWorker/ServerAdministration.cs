using Microsoft.Extensions.Options;
using Npgsql;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.MigrationWorker;

/// <summary>The server as its administrator sees it: waits for it, checks its version, creates the database.</summary>
internal sealed class ServerAdministration(
    IConfiguration configuration, IOptions<WorkerOptions> options, TimeProvider time, ILogger<ServerAdministration> logger)
{
    private const string MaintenanceDatabase = "postgres";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlConnectionStringBuilder admin = new(
        configuration.GetConnectionString(WorkerOptions.AdminConnectionName)
        ?? throw new InvalidOperationException(
            $"ConnectionStrings:{WorkerOptions.AdminConnectionName} is missing: start the worker through the AppHost, or set it."))
    {
        // One connection at a time, kept for the advisory lock: a pool would keep it open after the lock is given back.
        Pooling = false,
    };

    /// <summary>The application's database as tp_owner, or as another role of ours.</summary>
    public string ConnectionStringFor(string role, string password, string? searchPath = null) =>
        new NpgsqlConnectionStringBuilder(admin.ConnectionString) { Username = role, Password = password, SearchPath = searchPath }.ConnectionString;

    /// <summary>An open connection to the application's database, which is created when missing.</summary>
    /// <exception cref="InvalidOperationException">The server does not answer in time, or its version is not safe.</exception>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await using (var server = await WaitForServerAsync(cancellationToken))
        {
            ServerVersion.Require(server.PostgreSqlVersion);
            await CreateDatabaseAsync(server, cancellationToken);
        }

        return await OpenAsync(admin.Database!, cancellationToken);
    }

    /// <summary>An open connection to the database that all workers of this server can meet in, whichever database they migrate.</summary>
    public Task<NpgsqlConnection> ConnectToMaintenanceAsync(CancellationToken cancellationToken) => OpenAsync(MaintenanceDatabase, cancellationToken);

    private async Task<NpgsqlConnection> WaitForServerAsync(CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow().AddSeconds(options.Value.ConnectTimeoutSeconds);
        var announced = false;

        while (true)
        {
            try
            {
                return await ConnectToMaintenanceAsync(cancellationToken);
            }
            catch (NpgsqlException e) when (e.IsTransient && time.GetUtcNow() < deadline)
            {
                if (!announced)
                {
                    logger.LogInformation("Waiting for PostgreSQL at {Host}:{Port}: {Reason}", admin.Host, admin.Port, e.Message);
                    announced = true;
                }

                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }

    private async Task CreateDatabaseAsync(NpgsqlConnection server, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", server)
        {
            Parameters = { new() { Value = admin.Database } },
        };

        if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
        {
            return;
        }

        try
        {
            await using var create = new NpgsqlCommand($"create database {new NpgsqlCommandBuilder().QuoteIdentifier(admin.Database!)}", server);
            await create.ExecuteNonQueryAsync(cancellationToken);
            logger.LogInformation("Created database {Database}", admin.Database);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            logger.LogDebug("Another worker created database {Database}", admin.Database);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var access = new NpgsqlConnectionStringBuilder(admin.ConnectionString) { Database = database };
        access.Timeout = Math.Min(access.Timeout, options.Value.ConnectTimeoutSeconds);
        var connection = new NpgsqlConnection(access.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
