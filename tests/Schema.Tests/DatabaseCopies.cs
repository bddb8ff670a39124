using TenantPlatform.Fixtures;

namespace TenantPlatform.Schema.Tests;

/// <summary>Migrated databases for tests that spoil them. Classes of this collection run one after the other.</summary>
[CollectionDefinition(Collection)]
public sealed class DatabaseCopies(DatabaseFixture server) : IAsyncLifetime, ICollectionFixture<DatabaseCopies>
{
    public const string Collection = "Spoiled databases";

    // Nobody connects to it, so PostgreSQL copies it in no time.
    private readonly string template = $"template_{Guid.NewGuid():N}";

    private TestDatabase? spare;

    /// <summary>For changes in a transaction that is rolled back.</summary>
    public TestDatabase Spare => spare ?? throw new InvalidOperationException("The fixture has not been started.");

    public async ValueTask InitializeAsync()
    {
        await server.Server.MigrateAsync(await server.CreateDatabaseAsync(template, CancellationToken.None), CancellationToken.None);
        spare = await CopyAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<TestDatabase> CopyAsync() => server.Server.CopyDatabaseAsync(template, $"copy_{Guid.NewGuid():N}", CancellationToken.None);
}
