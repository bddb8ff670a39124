using System.Text.Json;
using TenantPlatform.Fixtures;
using TenantPlatform.NextRelease;

namespace TenantPlatform.MigrationWorker.Tests.Apply;

/// <summary>Workers as processes: they share, they are killed, and they say in words and by exit code what became of it.</summary>
[Collection(TenantSchemas.Collection)]
public sealed class ProcessTests(TenantSchemas schemas)
{
    // Long enough for two to meet and for one to be killed in the middle.
    private const string Slow = "insert into public.step_log values (current_schema()); select pg_sleep(0.1); " + NextSteps.AddedColumn;

    [Fact]
    public async Task Two_workers_share_and_nothing_is_done_twice()
    {
        var database = await PreparedAsync();

        var results = await Task.WhenAll(
            WorkerProcess.RunAsync(database.Process(Slow, "apply", "--parallel", "1"), Cancel),
            WorkerProcess.RunAsync(database.Process(Slow, "apply", "--parallel", "1"), Cancel));

        Assert.All(results, result => result.RequireSuccess());
        Assert.All(results, result => Assert.Contains("schema(s) were brought to", result.Output, StringComparison.Ordinal));
        Assert.Equal($"{TenantSchemas.Count} of {TenantSchemas.Count}", await DoneAsync(database));
    }

    [Fact]
    public async Task A_worker_that_was_killed_is_resumed_where_it_was()
    {
        var database = await PreparedAsync();
        await using (var worker = WorkerProcess.Start(database.Process(Slow, "apply", "--parallel", "2")))
        {
            await database.UntilAsync($"select count(*) >= 5 from platform.tenant_schemas where applied_migration = '{NextSteps.Id}'");
            await worker.KillAsync(Cancel);
        }

        Assert.InRange(await database.CountAsync(), 5, TenantSchemas.Count - 1);
        (await WorkerProcess.RunAsync(database.Process(Slow, "apply"), Cancel)).RequireSuccess();

        Assert.Equal($"{TenantSchemas.Count} of {TenantSchemas.Count}", await DoneAsync(database));
        Assert.Equal(TenantSchemas.Count, await database.CountColumnsAsync());
    }

    [Fact]
    public async Task Quarantine_is_exit_code_3_and_says_who_and_how_to_go_on()
    {
        var database = await schemas.CopyAsync();
        await database.ObstructAsync(6);

        var result = await WorkerProcess.RunAsync(database.Process(NextSteps.AddedColumn, "apply"), Cancel);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"slug-6 ({ApplyDatabase.Schema(6)}): 42701: column \"colour\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("'apply --retry <tenant>'", result.Output, StringComparison.Ordinal);

        await database.ClearAsync(6);
        (await WorkerProcess.RunAsync(database.Process(NextSteps.AddedColumn, "apply", "--retry", "slug-6"), Cancel)).RequireSuccess();
        Assert.Equal(TenantSchemas.Count, await database.CountAsync());
    }

    [Fact]
    public async Task A_start_with_nothing_to_do_visits_no_schema()
    {
        var database = await schemas.CopyAsync();
        await database.Database.Admin.ExecuteAsync("""
            insert into platform.tenants (id, key, slug, name, placement)
            select gen_random_uuid(), 'nowhere' || lpad(n::text, 5, '0'), 'nowhere-' || n, 'Nowhere', 'dedicated' from generate_series(1, 1000) n;
            insert into platform.tenant_schemas (name, tenant_id, applied_migration)
            select 'tenant_' || key, id, (select max(applied_migration) from platform.tenant_schemas) from platform.tenants where key like 'nowhere%'
            """);

        var result = await WorkerProcess.RunAsync(schemas.Settings(database.Database), Cancel);

        result.RequireSuccess();
        Assert.DoesNotContain("Schemas:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_builds_migration_in_the_ledger_stops_an_older_worker()
    {
        var database = await schemas.CopyAsync();
        await database.MigrateAsync(NextSteps.AddedColumn);

        var result = await WorkerProcess.RunAsync(schemas.Settings(database.Database), Cancel);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{NextSteps.Id}, which was applied by another build", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_can_answer_in_json()
    {
        var database = await schemas.CopyAsync();

        var result = await WorkerProcess.RunAsync(database.Process(NextSteps.AddedColumn, "apply", "--json", "--parallel", "3"), Cancel);

        var document = result.Output[result.Output.IndexOf("\n{", StringComparison.Ordinal)..];
        using var json = JsonDocument.Parse(document[..(document.IndexOf("\n}", StringComparison.Ordinal) + 2)]);
        Assert.Equal(TenantSchemas.Count, json.RootElement.GetProperty("migrated").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("exitCode").GetInt32());
    }

    private async Task<ApplyDatabase> PreparedAsync()
    {
        var database = await schemas.CopyAsync();
        await database.Database.Admin.ExecuteAsync("create table public.step_log (name text); grant insert, select on public.step_log to tp_owner");
        return database;
    }

    // Schemas in which the step was done, of times that it was done.
    private static Task<string> DoneAsync(ApplyDatabase database) =>
        database.AskAsync("select count(distinct name) || ' of ' || count(*) from public.step_log");
}
