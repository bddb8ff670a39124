using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Provisioning;

public sealed class ServeTests(ProvisioningDatabase database) : IClassFixture<ProvisioningDatabase>
{
    private const int Terminate = 15;
    private const int Interrupt = 2;

    [Theory]
    [InlineData(Terminate)]
    [InlineData(Interrupt)]
    public async Task It_gives_schemas_that_are_ready_builds_new_ones_and_stops_when_told_to(int signal)
    {
        await using var worker = database.Start("serve");
        await ProvisioningDatabase.UntilAsync(async () => await database.SparesAsync() == 2, worker);

        var tenant = await database.QueueAsync();
        await ProvisioningDatabase.UntilAsync(async () => await database.StatusAsync(tenant) == "active", worker);
        await ProvisioningDatabase.UntilAsync(async () => await database.SparesAsync() == 2, worker);
        worker.Signal(signal);
        var result = await worker.WaitAsync(Cancel);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"Tenant {tenant.Key} is active: its schema was ready", result.Output, StringComparison.Ordinal);
        Assert.Null(await database.OrphansAsync());
    }

    [Fact]
    public async Task A_lost_connection_is_told_and_found_again()
    {
        await using var worker = database.Start("serve");
        await ProvisioningDatabase.UntilAsync(() => Task.FromResult(worker.Output.Contains("Waiting for tenants to provision", StringComparison.Ordinal)), worker);

        await database.Database.Admin.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tp_owner'");
        await ProvisioningDatabase.UntilAsync(() => Task.FromResult(worker.Output.Contains("The database cannot be used, trying again", StringComparison.Ordinal)), worker);
        var tenant = await database.QueueAsync();

        await ProvisioningDatabase.UntilAsync(async () => await database.StatusAsync(tenant) == "active", worker);
    }

    [Fact]
    public async Task It_waits_for_a_database_that_is_not_migrated_yet()
    {
        var later = await database.Server.CreateDatabaseAsync("migrated_later", Cancel);
        await using var worker = WorkerProcess.Start(database.Server.WorkerSettings(later) with { Arguments = ["serve"] });
        await ProvisioningDatabase.UntilAsync(
            () => Task.FromResult(worker.Output.Contains("Waiting: The database has not been migrated yet", StringComparison.Ordinal)), worker);

        await database.Server.MigrateAsync(later, Cancel);

        await ProvisioningDatabase.UntilAsync(() => later.Owner.ScalarAsync<bool>("select count(*) = 2 from platform.tenant_schemas"), worker);
    }
}
