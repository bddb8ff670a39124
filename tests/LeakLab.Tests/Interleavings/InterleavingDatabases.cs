using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>A server of its own, because connections are killed on it, with a migrated database to be copied.</summary>
public sealed class InterleavingDatabases : IAsyncLifetime
{
    // Nobody connects to it, so PostgreSQL copies it in no time.
    private const string Template = "interleavings_template";

    private readonly DatabaseServer server = new();

    public string SigningKey => server.SigningKey;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        await server.MigrateAsync(await server.CreateDatabaseAsync(Template, CancellationToken.None), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <param name="change">Run by the administrator in the copy.</param>
    public async Task<TestDatabase> CopyAsync(string? change = null)
    {
        var name = $"interleavings_{Guid.NewGuid():N}";
        await ExecuteAsync(server.Database("postgres"), $"create database {name} template {Template}");
        await ExecuteAsync(server.Database(name), $"alter role tp_app in database {name} set search_path = pooled; {change}");
        return server.Database(name);
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var admin = new NpgsqlConnection(database.Admin + ";Pooling=false");
        await admin.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, admin);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
