using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests;

/// <summary>A migrated database of their own for tests that lock or break catalogs; they roll everything back.</summary>
public sealed class SpareDatabase(DatabaseFixture fixture) : IAsyncLifetime
{
    public const string Collection = "spare database";

    public TestDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await fixture.CreateDatabaseAsync("spare");
        await fixture.Server.MigrateAsync(Database, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

[CollectionDefinition(SpareDatabase.Collection)]
public sealed class SpareDatabaseTests : ICollectionFixture<SpareDatabase>;
