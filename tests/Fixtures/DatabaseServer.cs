using System.Security.Cryptography;
using Npgsql;
using TenantPlatform.EmbeddedPostgres;
using Xunit;

namespace TenantPlatform.Fixtures;

/// <summary>A throw-away PostgreSQL server with databases that the migration worker has not seen yet.</summary>
public sealed class DatabaseServer : IAsyncLifetime
{
    // Tests run several APIs at once, each with a pool of connections.
    private static readonly Dictionary<string, string> Settings = new() { ["max_connections"] = "400" };

    private EmbeddedPostgresServer? server;

    public string OwnerPassword { get; } = RandomNumberGenerator.GetHexString(32);

    public string AppPassword { get; } = RandomNumberGenerator.GetHexString(32);

    public string SigningKey { get; } = RandomNumberGenerator.GetHexString(64);

    public async ValueTask InitializeAsync() =>
        server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresOptions { Settings = Settings }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    /// <summary>The database need not exist; nothing is created.</summary>
    public TestDatabase Database(string name) => TestDatabase.On(
        (server ?? throw new InvalidOperationException("The server has not been started.")).ConnectionString, name, OwnerPassword, AppPassword);

    public async Task<TestDatabase> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await using var admin = NpgsqlDataSource.Create(Database("postgres").Admin);
        await using var create = admin.CreateCommand($"create database {new NpgsqlCommandBuilder().QuoteIdentifier(name)}");
        await create.ExecuteNonQueryAsync(cancellationToken);
        return Database(name);
    }

    /// <summary>Quicker than migrating again; nobody may be connected to the template.</summary>
    public async Task<TestDatabase> CopyDatabaseAsync(string template, string name, CancellationToken cancellationToken)
    {
        await using var admin = NpgsqlDataSource.Create(Database("postgres").Admin);

        foreach (var statement in (string[])[$"create database {name} template {template}", .. OfTheDatabaseItself(name)])
        {
            await using var command = admin.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return Database(name);
    }

    /// <summary>What the worker must be told to migrate this database.</summary>
    public WorkerSettings WorkerSettings(TestDatabase database) => new()
    {
        AdminConnectionString = database.Admin,
        OwnerPassword = OwnerPassword,
        AppPassword = AppPassword,
        SigningKey = SigningKey,
    };

    /// <exception cref="InvalidOperationException">The worker failed.</exception>
    public async Task MigrateAsync(TestDatabase database, CancellationToken cancellationToken) =>
        (await WorkerProcess.RunAsync(WorkerSettings(database), cancellationToken)).RequireSuccess();

    // What 010-roles.sql says about the database is not in the template, and without it everybody may make temporary tables.
    private static string[] OfTheDatabaseItself(string name) =>
    [
        $"revoke all on database {name} from public",
        $"grant connect, create on database {name} to tp_owner",
        $"grant connect on database {name} to tp_app",
        $"alter role tp_app in database {name} set search_path = pooled",
    ];
}
