using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests;

public sealed class InterruptedMigrationTests(DatabaseServer server) : IClassFixture<DatabaseServer>
{
    [Theory]
    [InlineData("platform", "sessions")]
    [InlineData("pooled", "todos")]
    public async Task A_migration_that_fails_stops_the_worker_with_its_reason(string schema, string table)
    {
        var database = await CreateWithOwnersSchemasAsync($"conflict_{table}");
        await database.Admin.ExecuteAsync($"set role tp_owner; create table {schema}.{table} (mine int)");

        var result = await WorkerProcess.RunAsync(server.WorkerSettings(database), Cancel);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"relation \"{table}\" already exists", result.Output, StringComparison.Ordinal);
        Assert.Equal(0L, await database.Admin.ScalarAsync<long>("""
            select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('platform', 'pooled') and c.relkind = 'r' and has_table_privilege('tp_app', c.oid, 'select')
            """));
    }

    [Theory]
    [InlineData("platform", "sessions")]
    [InlineData("pooled", "todos")]
    public async Task After_a_migration_that_failed_the_next_run_goes_on(string schema, string table)
    {
        var database = await CreateWithOwnersSchemasAsync($"resumed_{table}");
        await database.Admin.ExecuteAsync($"set role tp_owner; create table {schema}.{table} (mine int)");
        Assert.Equal(1, (await WorkerProcess.RunAsync(server.WorkerSettings(database), Cancel)).ExitCode);
        await database.Admin.ExecuteAsync($"drop table {schema}.{table}");

        await server.MigrateAsync(database, Cancel);

        Assert.Equal(0L, await database.App.ScalarAsync<long>("select count(*) from pooled.todos"));
    }

    [Theory]
    [InlineData("create schema tenancy", "schema")]
    [InlineData("create table platform.tenant_users (mine int)", "platform")]
    [InlineData("create table pooled.todos (mine int)", "pooled")]
    public async Task After_a_worker_was_killed_midway_the_next_one_finishes(string obstacle, string name)
    {
        var database = await CreateWithOwnersSchemasAsync($"killed_{name}");
        await using var blocker = new NpgsqlConnection(database.Admin);
        await blocker.OpenAsync(Cancel);

        await using (var transaction = await blocker.BeginTransactionAsync(Cancel))
        {
            await using var block = new NpgsqlCommand(obstacle, blocker);
            await block.ExecuteNonQueryAsync(Cancel);
            await using var worker = WorkerProcess.Start(server.WorkerSettings(database));
            await UntilBlockedAsync(database, blocker.ProcessID, worker);
            await worker.KillAsync(Cancel);
        }

        await server.MigrateAsync(database, Cancel);

        Assert.Equal(0L, await database.App.ScalarAsync<long>("select count(*) from pooled.todos"));
    }

    private async Task<TestDatabase> CreateWithOwnersSchemasAsync(string name)
    {
        var database = await server.CreateDatabaseAsync(name, Cancel);
        await database.Admin.ExecuteAsync("""
            do $$ begin
                create role tp_owner login;
                create role tp_app login;
            exception when duplicate_object then null;
            end $$;
            create schema platform authorization tp_owner;
            create schema pooled authorization tp_owner;
            grant usage on schema platform, pooled to tp_app;
            """);
        return database;
    }

    private static async Task UntilBlockedAsync(TestDatabase database, int blocker, WorkerProcess worker)
    {
        while (!await database.Admin.ScalarAsync<bool>($"select exists (select from pg_stat_activity where {blocker} = any (pg_blocking_pids(pid)))"))
        {
            Assert.False(worker.HasExited, worker.Output);
            await Task.Delay(50, Cancel);
        }
    }
}
