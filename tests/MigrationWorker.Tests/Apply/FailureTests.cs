using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.NextRelease;

namespace TenantPlatform.MigrationWorker.Tests.Apply;

[Collection(TenantSchemas.Collection)]
public sealed class FailureTests(TenantSchemas schemas)
{
    private const string Index = "CREATE INDEX CONCURRENTLY ix_todos_next ON todos (tenant_id, title);";

    [Fact]
    public async Task One_that_fails_is_put_in_quarantine_and_others_go_on()
    {
        var database = await schemas.CopyAsync();
        await database.ObstructAsync(6);

        var outcome = await database.MigrateAsync(NextSteps.AddedColumn);

        Assert.Equal(ApplyOutcome.SomeInQuarantine, outcome.ExitCode);
        var failed = Assert.Single(outcome.Quarantined);
        Assert.Equal((ApplyDatabase.Schema(6), 1), (failed.Schema, failed.Failures));
        Assert.Contains("column \"colour\" of relation \"todos\" already exists", failed.Error, StringComparison.Ordinal);
        Assert.Equal(TenantSchemas.Count - 1, await database.CountAsync());
    }

    [Fact]
    public async Task What_is_in_quarantine_is_left_alone_until_somebody_asks()
    {
        var database = await schemas.CopyAsync();
        await database.ObstructAsync(6);
        await database.MigrateAsync(NextSteps.AddedColumn);
        await database.ClearAsync(6);

        var again = await database.MigrateAsync(NextSteps.AddedColumn);
        Assert.Equal((0, ApplyOutcome.SomeInQuarantine), (again.Migrated, again.ExitCode));

        var asked = await database.RetryAsync(NextSteps.AddedColumn);
        Assert.Equal((1, ApplyOutcome.Success), (asked.Migrated, asked.ExitCode));
    }

    [Fact]
    public async Task Somebody_elses_lock_is_waited_for_and_tried_again_before_the_next_wave()
    {
        var database = await schemas.CopyAsync();
        await using var busy = await database.HoldAsync(5);
        var patient = ApplyDatabase.Options;
        (patient.Attempts, patient.LockTimeoutMilliseconds) = (100, 10);

        var run = database.MigrateAsync(NextSteps.AddedColumn, patient);
        await database.UntilAsync($"select count(*) = 8 from platform.tenant_schemas where applied_migration = '{NextSteps.Id}'");
        await database.UntilAsync("select xact_rollback > 2 from pg_stat_database where datname = current_database()");
        Assert.Equal(8L, await database.CountAsync());
        await busy.CloseAsync();

        Assert.Equal(ApplyOutcome.Success, (await run).ExitCode);
        Assert.Equal(TenantSchemas.Count, await database.CountColumnsAsync());
    }

    [Fact]
    public async Task A_lock_that_is_never_given_back_ends_in_quarantine()
    {
        var database = await schemas.CopyAsync();
        await using var busy = await database.HoldAsync(5);
        var impatient = ApplyDatabase.Options;
        impatient.Attempts = 2;

        var outcome = await database.MigrateAsync(NextSteps.AddedColumn, impatient);

        Assert.Contains("lock timeout", Assert.Single(outcome.Quarantined).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_go_on_is_no_schemas_fault()
    {
        var database = await schemas.CopyAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => database.MigrateAsync(
            $"do $$ begin if current_schema() = '{ApplyDatabase.Schema(6)}' then raise 'No space left' using errcode = 'disk_full'; end if; end $$; {NextSteps.AddedColumn}"));

        Assert.Contains("run 'apply' again to go on", error.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.CountAsync("error is not null"));
        await database.MigrateAsync(NextSteps.AddedColumn);
        Assert.Equal(TenantSchemas.Count, await database.CountColumnsAsync());
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_no_schemas_fault()
    {
        var database = await schemas.CopyAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.MigrateAsync(
            $"do $$ begin if current_schema() = '{ApplyDatabase.Schema(6)}' then perform pg_terminate_backend(pg_backend_pid()); end if; end $$; {NextSteps.AddedColumn}"));

        Assert.Equal(0L, await database.CountAsync("error is not null"));
        await database.MigrateAsync(NextSteps.AddedColumn);
        Assert.Equal(TenantSchemas.Count, await database.CountColumnsAsync());
    }

    [Fact]
    public async Task An_index_that_no_transaction_can_hold_is_resumed_after_a_failure()
    {
        var database = await schemas.CopyAsync();
        var schema = ApplyDatabase.Schema(6);
        await database.Database.Owner.ExecuteAsync($"alter table {schema}.todos rename column title to heading");

        var failed = await database.MigrateAsync(Index);
        Assert.Equal(schema, Assert.Single(failed.Quarantined).Schema);
        await database.Database.Owner.ExecuteAsync($"alter table {schema}.todos rename column heading to title");
        await database.LeaveInvalidIndexAsync(6, "ix_todos_next");
        var mended = await database.RetryAsync(Index);

        Assert.Equal(ApplyOutcome.Success, mended.ExitCode);
        Assert.Equal(TenantSchemas.Count.ToString(), await database.AskAsync(
            "select count(*)::text from pg_index i join pg_class c on c.oid = i.indexrelid where c.relname = 'ix_todos_next' and i.indisvalid"));
    }

    [Fact]
    public async Task A_finished_index_that_was_not_yet_recorded_is_kept()
    {
        var database = await schemas.CopyAsync();
        await database.Database.Owner.ExecuteAsync($"create index ix_todos_next on {ApplyDatabase.Schema(6)}.todos (tenant_id, title)");

        var outcome = await database.MigrateAsync(Index);

        Assert.Equal(ApplyOutcome.Success, outcome.ExitCode);
    }
}
