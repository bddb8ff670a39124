using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using TenantPlatform.Bench.Measuring;
using TenantPlatform.EmbeddedPostgres;

namespace TenantPlatform.Bench.Servers;

/// <summary>A PostgreSQL server of our own with a temporary data directory that is written as durably as a real one.</summary>
internal sealed class BenchServer(EmbeddedPostgresServer server) : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["shared_buffers"] = "512MB",
        ["max_connections"] = "500",
        ["max_wal_size"] = "4GB",
    };

    public string Version => server.Version;

    public string OwnerPassword { get; } = RandomNumberGenerator.GetHexString(32);

    public string AppPassword { get; } = RandomNumberGenerator.GetHexString(32);

    public string SigningKey { get; } = RandomNumberGenerator.GetHexString(64);

    /// <summary>All its processes: the postmaster and its children.</summary>
    public ProcessTree Processes { get; } = new(int.Parse(
        File.ReadLines(Path.Combine(server.DataDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture));

    public static async Task<BenchServer> StartAsync(Action<string> progress, CancellationToken cancellationToken) => new(
        await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresOptions { Durable = true, Settings = Settings, Progress = progress }, cancellationToken));

    /// <summary>A new database, as the migration worker of that checkout makes it.</summary>
    public async Task<BenchDatabase> CreateDatabaseAsync(string name, Repository repository, CancellationToken cancellationToken)
    {
        var database = new BenchDatabase(this, name, server.ConnectionString);
        await WorkerRun.RunAsync(repository, database, cancellationToken);
        return database;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>One database of the server, as each of its roles reaches it.</summary>
internal sealed class BenchDatabase(BenchServer server, string name, string connectionString)
{
    public BenchServer Server => server;

    public string Name => name;

    public string Admin { get; } = new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;

    /// <summary>Row-level security does not hold this role, which has BYPASSRLS.</summary>
    public string Owner { get; } = As(connectionString, name, "tp_owner", server.OwnerPassword);

    public string App { get; } = As(connectionString, name, "tp_app", server.AppPassword);

    private static string As(string connectionString, string database, string role, string password) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Username = role, Password = password }.ConnectionString;
}
