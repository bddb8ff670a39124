using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.MigrationWorker.Tests.Tenants;

public sealed class PurgeTests(PurgeTests.Migrated migrated) : IClassFixture<PurgeTests.Migrated>
{
    [Fact]
    public async Task Every_row_of_a_purged_tenant_goes_and_no_other()
    {
        var (gone, stays) = (await migrated.FillAsync(), await migrated.FillAsync());
        await migrated.Database.Owner.ExecuteAsync($"update platform.tenants set deleted = now() - interval '40 days' where id = '{gone}'");
        var before = await migrated.CountAsync(stays);
        Assert.All(await migrated.CountAsync(gone), table => Assert.True(table.Value > 0, $"{table.Key} has no row to purge"));

        (await migrated.RunAsync("tenants", "purge")).RequireSuccess();

        Assert.All(await migrated.CountAsync(gone), table => Assert.Equal((table.Key, 0L), (table.Key, table.Value)));
        Assert.Equal(before, await migrated.CountAsync(stays));
    }

    [Fact]
    public async Task What_can_still_be_restored_is_not_purged()
    {
        var tenant = await migrated.FillAsync();
        await migrated.Database.Owner.ExecuteAsync($"update platform.tenants set deleted = now() - interval '29 days' where id = '{tenant}'");

        var result = await migrated.RunAsync("tenants", "purge");

        result.RequireSuccess();
        Assert.All(await migrated.CountAsync(tenant), table => Assert.True(table.Value > 0));
    }

    [Fact]
    public async Task A_dry_run_names_the_tenants_and_purges_none()
    {
        var tenant = await migrated.FillAsync();
        await migrated.Database.Owner.ExecuteAsync($"update platform.tenants set name = 'Dry', deleted = now() - interval '90 days' where id = '{tenant}'");

        var result = await migrated.RunAsync("tenants", "purge", "--dry-run", "--deleted-for-days", "60");

        result.RequireSuccess();
        Assert.Contains("Dry", result.Output, StringComparison.Ordinal);
        Assert.Contains("would be purged", result.Output, StringComparison.Ordinal);
        Assert.All(await migrated.CountAsync(tenant), table => Assert.True(table.Value > 0));
    }

    [Fact]
    public async Task An_unknown_option_is_refused() =>
        Assert.Equal(2, (await migrated.RunAsync("tenants", "purge", "--everything")).ExitCode);

    public sealed class Migrated : IAsyncLifetime
    {
        private readonly DatabaseServer server = new();

        public TestDatabase Database { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await server.InitializeAsync();
            Database = server.Database("purge");
            await server.MigrateAsync(Database, CancellationToken.None);
        }

        public ValueTask DisposeAsync() => server.DisposeAsync();

        internal Task<WorkerResult> RunAsync(params string[] arguments) =>
            WorkerProcess.RunAsync(server.WorkerSettings(Database) with { Arguments = arguments }, Cancel);

        /// <summary>A tenant with a row in every table that has a tenant_id, written through the schema's own rules.</summary>
        internal async Task<Guid> FillAsync()
        {
            await using var app = new AppAccess(Database.App, server.SigningKey);
            var tenant = await app.CreateTenantAsync(Cancel);
            await using var owner = new NpgsqlConnection(Database.Owner);
            await owner.OpenAsync(Cancel);
            await new RowFactory(owner).FillAsync(tenant.Id, Cancel);
            return tenant.Id;
        }

        internal async Task<Dictionary<string, long>> CountAsync(Guid tenant)
        {
            var counts = new Dictionary<string, long>();

            foreach (var table in ModelTables.All.Where(table => table.IsTenantPlane()))
                counts[table.Name] = await Database.Owner.ScalarAsync<long>($"select count(*) from {table.Qualified()} where tenant_id = '{tenant}'");

            counts["tenants"] = await Database.Owner.ScalarAsync<long>($"select count(*) from platform.tenants where id = '{tenant}'");
            counts["tenant_users"] = await Database.Owner.ScalarAsync<long>($"select count(*) from platform.tenant_users where tenant_id = '{tenant}'");
            return counts;
        }
    }
}
