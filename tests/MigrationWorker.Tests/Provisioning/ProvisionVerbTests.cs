using System.Text.Json.Nodes;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Provisioning;

public sealed class ProvisionVerbTests(ProvisioningDatabase database) : IClassFixture<ProvisioningDatabase>
{
    [Fact]
    public async Task Two_provisioners_share_the_work_and_do_nothing_twice()
    {
        var tenants = await database.QueueAsync(20);

        var results = await Task.WhenAll(database.RunAsync("provision", "--json"), database.RunAsync("provision", "--json"));

        Assert.All(results, result => Assert.Equal(0, result.ExitCode));
        var reports = results.Select(result => JsonNode.Parse(result.Output)!).ToList();
        Assert.All(reports, report => Assert.NotEmpty(report["provisioned"]!.AsArray()));
        var provisioned = reports.SelectMany(report => report["provisioned"]!.AsArray()).Select(tenant => (string)tenant!["key"]!);
        Assert.Equal(tenants.Select(tenant => tenant.Key).Order(StringComparer.Ordinal), provisioned.Order(StringComparer.Ordinal));
        Assert.Null(await database.OrphansAsync());
    }

    [Fact]
    public async Task However_often_it_is_killed_one_more_run_finishes_and_nothing_is_orphaned()
    {
        var tenants = await database.QueueAsync(16);

        for (var kill = 1; kill <= 5; kill++)
        {
            var left = await WaitingAsync();
            await using var worker = database.Start("provision");
            await ProvisioningDatabase.UntilAsync(async () => await WaitingAsync() < left, worker);
            await worker.KillAsync(Cancel);
        }

        Assert.InRange(await WaitingAsync(), 1, 11);
        (await database.RunAsync("provision")).RequireSuccess();

        foreach (var tenant in tenants)
            Assert.Equal("active", await database.StatusAsync(tenant));

        Assert.Null(await database.OrphansAsync());
    }

    [Fact]
    public async Task A_tenant_that_cannot_be_provisioned_is_named_and_keeps_nobody_waiting()
    {
        var (stuck, other) = (await database.QueueAsync(), await database.QueueAsync());
        await database.Owner.ExecuteAsync($"create schema tenant_{stuck.Key}");

        var result = await database.RunAsync("provision");

        await database.Owner.ExecuteAsync($"drop schema tenant_{stuck.Key}");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"{stuck.Key}  failed: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 tenant(s) provisioned, 1 failed", result.Output, StringComparison.Ordinal);
        Assert.Equal(("provisioning", "active"), (await database.StatusAsync(stuck), await database.StatusAsync(other)));
        (await database.RunAsync("provision")).RequireSuccess();
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_is_refused_with_advice()
    {
        var empty = await database.Server.CreateDatabaseAsync("never_migrated", Cancel);

        var result = await WorkerProcess.RunAsync(database.Server.WorkerSettings(empty) with { Arguments = ["provision"] }, Cancel);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("has not been migrated yet: run the worker without a verb first", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_is_refused() => Assert.Equal(2, (await database.RunAsync("provision", "--all")).ExitCode);

    private Task<long> WaitingAsync() => database.Owner.ScalarAsync<long>("select count(*) from platform.tenants where status = 'provisioning'");
}
