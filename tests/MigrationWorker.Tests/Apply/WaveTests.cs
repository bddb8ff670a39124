using TenantPlatform.NextRelease;

namespace TenantPlatform.MigrationWorker.Tests.Apply;

[Collection(TenantSchemas.Collection)]
public sealed class WaveTests(TenantSchemas schemas)
{
    [Fact]
    public async Task Every_schema_that_is_behind_is_migrated_and_the_ledger_says_so()
    {
        var database = await schemas.CopyAsync();

        var outcome = await database.MigrateAsync(NextSteps.AddedColumn);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(TenantSchemas.Count, outcome.Migrated);
        Assert.Equal(TenantSchemas.Count, await database.CountAsync());
        Assert.Equal(TenantSchemas.Count, await database.CountColumnsAsync());
    }

    [Fact]
    public async Task Waves_grow_and_each_waits_for_the_one_before()
    {
        var database = await schemas.CopyAsync();

        await database.MigrateAsync(NextSteps.AddedColumn);

        Assert.Equal("1,3,5,7", await database.AskAsync(
            "select string_agg(size::text, ',' order by wave) from (select wave, count(*) as size from platform.tenant_schemas group by wave) w"));
        Assert.Equal(0L, await database.CountAsync(
            "exists (select from platform.tenant_schemas earlier where earlier.wave < tenant_schemas.wave and earlier.finished > tenant_schemas.started)"));
    }

    [Fact]
    public async Task Canaries_are_first()
    {
        var database = await schemas.CopyAsync();
        await database.Database.Owner.ExecuteAsync(
            $"update platform.tenant_schemas set canary = true where name in ('{ApplyDatabase.Schema(7)}', '{ApplyDatabase.Schema(11)}')");

        await database.MigrateAsync(NextSteps.AddedColumn);

        Assert.Equal($"{ApplyDatabase.Schema(7)},{ApplyDatabase.Schema(11)}", await database.AskAsync(
            "select string_agg(name, ',' order by name) from platform.tenant_schemas where wave = 0"));
        Assert.Equal(2L, await database.CountAsync(
            "finished <= (select min(started) from platform.tenant_schemas where wave > 0)"));
    }

    [Fact]
    public async Task A_canary_that_fails_keeps_everybody_else_from_being_migrated()
    {
        var database = await schemas.CopyAsync();
        await database.ObstructAsync(0);

        var outcome = await database.MigrateAsync(NextSteps.AddedColumn);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("A canary failed", outcome.Stopped, StringComparison.Ordinal);
        Assert.Contains(ApplyDatabase.Schema(0), outcome.Stopped, StringComparison.Ordinal);
        Assert.Equal(0L, await database.CountAsync());
    }

    [Fact]
    public async Task Too_many_failures_in_a_wave_stop_those_after_it()
    {
        var database = await schemas.CopyAsync();
        await Task.WhenAll(Enumerable.Range(1, 3).Select(database.ObstructAsync));
        var strict = ApplyDatabase.Options;
        (strict.FailedAtLeast, strict.FailedPercent) = (2, 0);

        var outcome = await database.MigrateAsync(NextSteps.AddedColumn, strict);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("3 of 3 schemas of wave 1 failed, and no more than 2 may", outcome.Stopped, StringComparison.Ordinal);
        Assert.Equal(0L, await database.CountAsync($"applied_migration = '{NextSteps.Id}' and wave > 1"));
        Assert.True(outcome.Pending >= 12);
    }

    [Fact]
    public async Task Too_many_lost_waits_for_locks_stop_the_run()
    {
        var database = await schemas.CopyAsync();
        await using var busy = await database.HoldAsync(2);
        var impatient = ApplyDatabase.Options;
        (impatient.BusyAtLeast, impatient.BusyPercent, impatient.Attempts) = (2, 0, 4);

        var outcome = await database.MigrateAsync(NextSteps.AddedColumn, impatient);

        Assert.Contains("Waits for locks were given up 4 times in wave 1", outcome.Stopped, StringComparison.Ordinal);
    }
}
