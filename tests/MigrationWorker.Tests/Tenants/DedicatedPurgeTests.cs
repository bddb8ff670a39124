using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Tests.Provisioning;

namespace TenantPlatform.MigrationWorker.Tests.Tenants;

public sealed class DedicatedPurgeTests(ProvisioningDatabase database) : IClassFixture<ProvisioningDatabase>
{
    [Fact]
    public async Task A_purged_tenants_schema_goes_and_no_others()
    {
        var (gone, stays) = (await ProvisionAsync(), await ProvisionAsync());
        await DeleteAsync(gone);

        (await database.RunAsync("tenants", "purge")).RequireSuccess();

        Assert.False(await database.HasSchemaAsync(gone));
        Assert.Null(await database.StatusAsync(gone));
        Assert.Equal("active", await database.StatusAsync(stays));
        Assert.Null(await database.OrphansAsync());
    }

    [Fact]
    public async Task One_that_never_got_its_schema_goes_too_and_what_has_its_name_stays()
    {
        var (waiting, failed) = (await database.QueueAsync(), await database.QueueAsync());
        await database.Owner.ExecuteAsync($"create schema tenant_{failed.Key}");
        await DeleteAsync(waiting);
        Assert.NotNull((await database.ProvisionAsync())!.Error);
        await DeleteAsync(failed);

        (await database.RunAsync("tenants", "purge")).RequireSuccess();

        Assert.Equal((null, null), (await database.StatusAsync(waiting), await database.StatusAsync(failed)));
        Assert.True(await database.HasSchemaAsync(failed));
        await database.Owner.ExecuteAsync($"drop schema tenant_{failed.Key}");
    }

    [Fact]
    public async Task A_purge_that_died_half_way_goes_on()
    {
        var tenant = await ProvisionAsync();
        await DeleteAsync(tenant);
        await database.Owner.ExecuteAsync($"create table tenant_{tenant.Key}.tied_to_nothing ()");
        await using var reader = await database.OpenOwnerAsync();
        await using var transaction = await reader.BeginTransactionAsync(Cancel);
        await using (var block = new NpgsqlCommand($"lock table tenant_{tenant.Key}.tied_to_nothing", reader))
            await block.ExecuteNonQueryAsync(Cancel);

        // It cannot be restored any more, so the first step is committed; the second waits for the lock above.
        await using (var worker = database.Start("tenants", "purge"))
        {
            await ProvisioningDatabase.UntilAsync(async () => await database.StatusAsync(tenant) == "provisioning", worker);
            await worker.KillAsync(Cancel);
        }

        Assert.Equal("provisioning", await database.StatusAsync(tenant));
        await transaction.RollbackAsync(Cancel);
        (await database.RunAsync("tenants", "purge")).RequireSuccess();
        Assert.False(await database.HasSchemaAsync(tenant));
        Assert.Null(await database.StatusAsync(tenant));
    }

    [Fact]
    public async Task One_that_was_restored_meanwhile_keeps_everything()
    {
        var tenant = await ProvisionAsync();
        await DeleteAsync(tenant);
        await using var restoring = await database.OpenOwnerAsync();
        await using var transaction = await restoring.BeginTransactionAsync(Cancel);
        await using (var restore = new NpgsqlCommand($"update platform.tenants set deleted = null where id = '{tenant.Id}'", restoring))
            await restore.ExecuteNonQueryAsync(Cancel);

        await using var worker = database.Start("tenants", "purge");
        await ProvisioningDatabase.UntilAsync(
            () => database.Owner.ScalarAsync<bool>($"select exists (select from pg_stat_activity where {restoring.ProcessID} = any (pg_blocking_pids(pid)))"), worker);
        await transaction.CommitAsync(Cancel);

        Assert.Contains("restored meanwhile", (await worker.WaitAsync(Cancel)).Output, StringComparison.Ordinal);
        Assert.True(await database.HasSchemaAsync(tenant));
        Assert.Equal("active", await database.StatusAsync(tenant));
    }

    private async Task<TestTenant> ProvisionAsync()
    {
        var tenant = await database.QueueAsync();
        Assert.Null((await database.ProvisionAsync())!.Error);
        return tenant;
    }

    private Task DeleteAsync(TestTenant tenant) =>
        database.Owner.ExecuteAsync($"update platform.tenants set deleted = now() - interval '40 days' where id = '{tenant.Id}'");
}
