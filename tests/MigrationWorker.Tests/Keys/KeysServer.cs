using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Keys;

/// <summary>A server with one migrated database, whose only signing key is <see cref="KeysDatabase.First"/>, to be copied by each test.</summary>
[CollectionDefinition(Collection)]
public sealed class KeysServer : IAsyncLifetime, ICollectionFixture<KeysServer>
{
    public const string Collection = "Signing keys";

    // Nobody connects to it, so PostgreSQL copies it in no time.
    private const string Template = "keys_template";

    private readonly DatabaseServer server = new();

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        var template = new KeysDatabase(server, await server.CreateDatabaseAsync(Template, CancellationToken.None));
        (await template.RunAsync(KeysDatabase.First)).RequireSuccess();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    internal async Task<KeysDatabase> CopyAsync()
    {
        var name = $"keys_{Guid.NewGuid():N}";
        await server.Database("postgres").Admin.ExecuteAsync($"create database {name} template {Template}");
        return new KeysDatabase(server, server.Database(name));
    }

    internal async Task<KeysDatabase> CreateEmptyAsync() =>
        new(server, await server.CreateDatabaseAsync($"empty_{Guid.NewGuid():N}", Cancel));
}
