using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.Fixtures.Rows;
using TenantPlatform.MigrationWorker.Moves;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Tests.Moves;

[CollectionDefinition(Name)]
public sealed class SharingMovesDatabase : ICollectionFixture<MovesDatabase>
{
    public const string Name = "moves";
}

/// <summary>One migrated database for all tests of moves, the mover in this process, and the verb in a process of its own.</summary>
public sealed class MovesDatabase : IAsyncLifetime
{
    private readonly DatabaseServer server = new();

    private IHost? worker;
    private AppAccess? app;

    public TestDatabase Database { get; private set; } = null!;

    public AppAccess App => app!;

    internal TenantMover Mover => worker!.Services.GetRequiredService<TenantMover>();

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        Database = await server.CreateDatabaseAsync("moves", CancellationToken.None);
        await server.MigrateAsync(Database, CancellationToken.None);
        app = new AppAccess(Database.App, server.SigningKey);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{WorkerOptions.AdminConnectionName}"] = Database.Admin,
            ["Database:OwnerPassword"] = server.OwnerPassword,
            ["Database:AppPassword"] = server.AppPassword,
            ["Tenancy:SigningKey"] = server.SigningKey,
        });
        builder.Services.AddMigrationWorker();
        worker = builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        worker?.Dispose();
        await App.DisposeAsync();
        await server.DisposeAsync();
    }

    internal WorkerProcess Start(params string[] arguments) => WorkerProcess.Start(server.WorkerSettings(Database) with { Arguments = arguments });

    internal Task<WorkerResult> RunAsync(params string[] arguments) =>
        WorkerProcess.RunAsync(server.WorkerSettings(Database) with { Arguments = arguments }, Cancel);

    internal Task<MoveReport> MoveAsync(TestTenant tenant, string target, Action<MoveProgress>? watch = null) =>
        Mover.MoveAsync(tenant.Key, target, dry: false, watch ?? (_ => { }), Cancel);

    /// <summary>With rows in every table of the tenant plane, pooled.</summary>
    internal async Task<TestTenant> CreateFilledAsync()
    {
        var tenant = await App.CreateTenantAsync(Cancel);
        await using var owner = new NpgsqlConnection(Database.Owner);
        await owner.OpenAsync(Cancel);
        await new RowFactory(owner).FillAsync(tenant.Id, Cancel);
        return tenant;
    }

    /// <summary>Every value of every row of the tenant at this place, as text that can be compared.</summary>
    internal async Task<string> ContentAsync(TestTenant tenant, string placement)
    {
        var schema = MoveRoute.SchemaFor(placement, tenant.Key);
        var tables = ModelTables.All.Where(table => table.IsTenantPlane()).Select(table =>
            $"select '{table.Name}' as name, id, to_jsonb(r)::text as line from {schema}.{table.Name} r where tenant_id = '{tenant.Id}'");
        return await Database.Owner.ScalarAsync<string>(
            $"select string_agg(name || ' ' || line, E'\n' order by name, id) from ({string.Join(" union all ", tables)}) rows") ?? "";
    }

    internal async Task<string?> PlacementAsync(TestTenant tenant) =>
        await Database.Owner.ScalarAsync<string>($"select placement from platform.tenants where id = '{tenant.Id}'");

    internal async Task<string?> PhaseAsync(TestTenant tenant) => await Database.Owner.ScalarAsync<string>(
        $"select phase from platform.tenant_moves where tenant_id = '{tenant.Id}' order by created desc limit 1");

    /// <summary>The tenant's rows, schema and ledger are at this place alone, and no move or mover of it is left.</summary>
    internal async Task RequireNothingLeftElsewhereAsync(TestTenant tenant, string placement)
    {
        var dedicated = placement == "dedicated";
        var schema = SchemaLedger.NameFor(tenant.Key);
        Assert.Equal(placement, await PlacementAsync(tenant));
        Assert.Equal(dedicated, await Database.Owner.ScalarAsync<bool>($"select to_regnamespace('{schema}') is not null"));
        Assert.Equal(dedicated ? 1L : 0L, await Database.Owner.ScalarAsync<long>($"select count(*) from platform.tenant_schemas where tenant_id = '{tenant.Id}'"));
        Assert.Equal(0L, await Database.Owner.ScalarAsync<long>($"select count(*) from platform.tenant_moves where tenant_id = '{tenant.Id}' and finished is null"));

        if (dedicated)
        {
            Assert.Equal("", await ContentAsync(tenant, "pooled"));
        }
    }

    /// <summary>Until the mover waits for a lock of this backend.</summary>
    internal async Task UntilBlockedByAsync(NpgsqlConnection blocker, Func<bool> hasEnded)
    {
        while (!await Database.Admin.ScalarAsync<bool>(
            $"select exists (select from pg_stat_activity where application_name = 'tenantplatform-mover' and {blocker.ProcessID} = any (pg_blocking_pids(pid)))"))
        {
            Assert.False(hasEnded(), "The move ended although something was in its way.");
            await Task.Delay(10, Cancel);
        }
    }
}
