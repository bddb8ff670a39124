using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Provisioning;

namespace TenantPlatform.MigrationWorker.Tests.Provisioning;

public sealed class TenantProvisionerTests(ProvisioningDatabase database) : IClassFixture<ProvisioningDatabase>
{
    [Fact]
    public async Task A_waiting_tenant_gets_a_schema_of_its_own_and_its_people_are_let_in()
    {
        var tenant = await database.QueueAsync();

        Assert.Equal((tenant.Key, null), await KeyAndErrorAsync());

        Assert.Equal("active", await database.StatusAsync(tenant));
        await using var db = database.Tenants.Open(tenant.Context);
        db.Add(new Todo { TenantId = tenant.Id, Title = "At home", CreatedBy = tenant.OwnerId });
        await db.SaveChangesAsync(Cancel);
        Assert.Equal(1L, await database.Owner.ScalarAsync<long>($"select count(*) from tenant_{tenant.Key}.todos"));
        Assert.Null(await database.OrphansAsync());
        Assert.Null(await database.ProvisionAsync());
    }

    [Fact]
    public async Task Every_API_process_hears_that_the_tenant_is_active()
    {
        var tenant = await database.QueueAsync();
        await using var listener = await database.OpenOwnerAsync();
        var heard = new List<string>();
        listener.Notification += (_, notification) => heard.Add(notification.Payload);
        await using var listen = new NpgsqlCommand($"listen {AccessChangeNotification.Channel}", listener);
        await listen.ExecuteNonQueryAsync(Cancel);

        await database.ProvisionAsync();

        Assert.True(await listener.WaitAsync(TimeSpan.FromSeconds(10), Cancel));
        Assert.Equal([AccessChange.OfTenant(tenant.Id).ToString()], heard);
    }

    [Fact]
    public async Task A_failure_leaves_nothing_but_its_reason_and_the_next_attempt_heals_it()
    {
        var tenant = await database.QueueAsync();
        await database.Database.Admin.ExecuteAsync("""
            create function no_more_indexes() returns event_trigger language plpgsql as $$ begin raise 'no more indexes'; end $$;
            create event trigger full_up on ddl_command_end when tag in ('CREATE INDEX') execute function no_more_indexes();
            """);

        var (failed, again) = (await database.ProvisionAsync(), await database.ProvisionAsync());

        await database.Database.Admin.ExecuteAsync("drop event trigger full_up; drop function no_more_indexes()");
        Assert.Contains("no more indexes", failed!.Error, StringComparison.Ordinal);
        Assert.NotNull(again!.Error);
        Assert.Equal("provisioning", await database.StatusAsync(tenant));
        Assert.False(await database.HasSchemaAsync(tenant));
        Assert.Equal($"null 2 {again.Error}", await LedgerAsync(tenant));
        Assert.Equal((tenant.Key, null), await KeyAndErrorAsync());
        Assert.Null(await database.OrphansAsync());
    }

    [Fact]
    public async Task What_has_failed_waits_longer_each_time()
    {
        var tenant = await database.QueueAsync();
        await database.Owner.ExecuteAsync($"create schema tenant_{tenant.Key}");
        Assert.Contains("already exists", (await database.ProvisionAsync())!.Error, StringComparison.Ordinal);
        await database.Owner.ExecuteAsync($"drop schema tenant_{tenant.Key}");
        await using var owner = await database.OpenOwnerAsync();

        async Task<int> DueAfterAsync(int failures, int seconds)
        {
            await database.Owner.ExecuteAsync(
                $"update platform.tenant_schemas set failures = {failures}, updated = now() - interval '{seconds} seconds' where tenant_id = '{tenant.Id}'");
            return await ProvisioningQueue.CountAsync(owner, null, Cancel);
        }

        Assert.Equal((0, 1), (await DueAfterAsync(1, 4), await DueAfterAsync(1, 6)));
        Assert.Equal((0, 1), (await DueAfterAsync(4, 38), await DueAfterAsync(4, 42)));
        Assert.Equal((0, 1), (await DueAfterAsync(40, 3500), await DueAfterAsync(40, 3700)));
        Assert.Equal((tenant.Key, null), await KeyAndErrorAsync());
    }

    [Fact]
    public async Task A_deleted_tenant_gets_none()
    {
        var tenant = await database.QueueAsync();
        await database.Owner.ExecuteAsync($"update platform.tenants set deleted = now() where id = '{tenant.Id}'");

        Assert.Null(await database.ProvisionAsync());
        Assert.False(await database.HasSchemaAsync(tenant));
    }

    [Fact]
    public async Task Whoever_is_locked_out_gives_way_and_tries_again()
    {
        var tenant = await database.QueueAsync();
        await using var busy = await database.OpenOwnerAsync();
        await using var transaction = await busy.BeginTransactionAsync(Cancel);
        await using var write = new NpgsqlCommand("lock table platform.tenant_schemas in share row exclusive mode", busy);
        await write.ExecuteNonQueryAsync(Cancel);

        var provisioning = database.ProvisionAsync();
        await ProvisioningDatabase.UntilAsync(() => IsBlockedByAsync(busy.ProcessID));
        await ProvisioningDatabase.UntilAsync(async () => !await IsBlockedByAsync(busy.ProcessID));
        Assert.False(provisioning.IsCompleted);
        await transaction.RollbackAsync(Cancel);

        var done = await provisioning;
        Assert.Equal((tenant.Key, null), (done!.Key, done.Error));
    }

    [Fact]
    public async Task Whoever_changes_what_tenants_share_does_not_hold_it_up()
    {
        var tenant = await database.QueueAsync();
        await using var busy = await database.OpenOwnerAsync();
        await using var transaction = await busy.BeginTransactionAsync(Cancel);
        await using var write = new NpgsqlCommand("lock table platform.tenants, platform.tenant_users, platform.users in row exclusive mode", busy);
        await write.ExecuteNonQueryAsync(Cancel);

        Assert.Equal((tenant.Key, null), ((await database.ProvisionAsync()) is { } done ? (done.Key, done.Error) : default));
    }

    [Fact]
    public async Task While_a_worker_migrates_nothing_is_built()
    {
        var tenant = await database.QueueAsync();
        await using (var migrating = new NpgsqlConnection(database.Database.Admin + ";Pooling=false"))
        {
            await migrating.OpenAsync(Cancel);
            await WorkerLock.TakeAsync(migrating, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Cancel);

            var refused = await Assert.ThrowsAsync<DatabaseNotReadyException>(database.ProvisionAsync);
            Assert.Contains("migrating the database", refused.Message, StringComparison.Ordinal);
        }

        await ProvisioningDatabase.UntilAsync(async () => !await database.Owner.ScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory')"));
        Assert.Equal((tenant.Key, null), await KeyAndErrorAsync());
    }

    [Fact]
    public async Task In_a_database_of_another_build_nothing_is_built()
    {
        await database.Owner.ExecuteAsync("insert into pooled.migrations_history values ('29991231235959_Later', '99')");

        var refused = await Assert.ThrowsAsync<DatabaseNotReadyException>(database.ProvisionAsync);

        await database.Owner.ExecuteAsync("delete from pooled.migrations_history where \"MigrationId\" = '29991231235959_Later'");
        Assert.Contains("29991231235959_Later, which this build does not know", refused.Message, StringComparison.Ordinal);
    }

    private Task<bool> IsBlockedByAsync(int process) =>
        database.Owner.ScalarAsync<bool>($"select exists (select from pg_stat_activity where {process} = any (pg_blocking_pids(pid)))");

    private Task<string?> LedgerAsync(TestTenant tenant) => database.Owner.ScalarAsync<string>(
        $"select coalesce(applied_migration, 'null') || ' ' || failures || ' ' || error from platform.tenant_schemas where name = 'tenant_{tenant.Key}'");

    private async Task<(string?, string?)> KeyAndErrorAsync()
    {
        var done = await database.ProvisionAsync();
        return (done?.Key, done?.Error);
    }
}
