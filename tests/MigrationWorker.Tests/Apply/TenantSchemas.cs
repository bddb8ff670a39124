using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Tests.Apply;

/// <summary>A server with one migrated database and some tenants who live alone, to be copied by each test.</summary>
[CollectionDefinition(Collection)]
public sealed class TenantSchemas : IAsyncLifetime, ICollectionFixture<TenantSchemas>
{
    public const string Collection = "Schemas of tenants";

    /// <summary>Schemas in each copy, named after tenants tenant00000 and so on.</summary>
    public const int Count = 16;

    private const string Template = "schemas_template";

    private readonly DatabaseServer server = new();
    private int copies;

    /// <summary>For tests that change nothing.</summary>
    public TestDatabase Shared { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        var database = await server.CreateDatabaseAsync(Template, CancellationToken.None);
        await server.MigrateAsync(database, CancellationToken.None);
        await BuildAsync(database);
        Shared = await server.CopyDatabaseAsync(Template, "schemas_shared", CancellationToken.None);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    internal async Task<ApplyDatabase> CopyAsync() => new(
        server, await server.CopyDatabaseAsync(Template, $"schemas_{Interlocked.Increment(ref copies)}", Cancel));

    internal Task<TestDatabase> CreateEmptyAsync() => server.CreateDatabaseAsync($"empty_{Interlocked.Increment(ref copies)}", Cancel);

    /// <summary>Of which there is only the name.</summary>
    internal TestDatabase Missing() => server.Database("missing");

    internal WorkerSettings Settings(TestDatabase database) => server.WorkerSettings(database);

    private static async Task BuildAsync(TestDatabase database)
    {
        var steps = new TenantPlaneSteps(new TenantDesignTimeFactory().CreateDbContext([]));
        var builder = new SchemaBuilder(steps);
        await using var owner = new NpgsqlConnection(database.Owner + ";Pooling=false");
        await owner.OpenAsync();

        for (var number = 0; number < Count; number++)
        {
            var (id, key) = (Guid.CreateVersion7(), ApplyDatabase.Key(number));
            await using var transaction = await owner.BeginTransactionAsync();
            await using (var insert = new NpgsqlCommand(
                $"insert into platform.tenants (id, key, slug, name, placement) values ('{id}', '{key}', 'slug-{number}', 'Tenant', 'dedicated')", owner))
            {
                await insert.ExecuteNonQueryAsync();
            }

            await builder.BuildAsync(owner, SchemaLedger.NameFor(key), id, CancellationToken.None);
            await SchemaLedger.AddAsync(owner, SchemaLedger.NameFor(key), id, steps.Latest, CancellationToken.None);
            await transaction.CommitAsync();
        }
    }
}
