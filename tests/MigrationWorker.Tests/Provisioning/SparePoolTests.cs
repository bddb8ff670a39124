namespace TenantPlatform.MigrationWorker.Tests.Provisioning;

public sealed class SparePoolTests(ProvisioningDatabase database) : IClassFixture<ProvisioningDatabase>
{
    [Fact]
    public async Task A_spare_schema_becomes_a_tenants_own_and_nothing_is_built()
    {
        await database.KeepSparesAsync();
        var spares = await TablesOfAsync("^spare_");
        var tenant = await database.QueueAsync();

        var done = await database.ProvisionAsync();

        Assert.True(done!.Adopted);
        Assert.Null(done.Error);
        Assert.Contains((await TablesOfAsync($"^tenant_{tenant.Key}$"))!, spares!, StringComparison.Ordinal);
        Assert.Equal("active", await database.StatusAsync(tenant));
        Assert.Null(await database.OrphansAsync());
    }

    [Fact]
    public async Task What_was_given_away_is_built_anew_and_what_is_outdated_goes()
    {
        await database.KeepSparesAsync();
        await database.QueueAsync();
        await database.ProvisionAsync();
        Assert.Equal(1L, await database.SparesAsync());
        await database.Owner.ExecuteAsync("update platform.tenant_schemas set applied_migration = '20200101000000_Old' where tenant_id is null");

        await database.KeepSparesAsync();

        Assert.Equal(2L, await database.Owner.ScalarAsync<long>(
            "select count(*) from platform.tenant_schemas where tenant_id is null and applied_migration <> '20200101000000_Old'"));
        Assert.Equal(2L, await database.SparesAsync());
        Assert.Null(await database.OrphansAsync());
    }

    [Fact]
    public async Task A_spare_that_is_not_like_pooled_is_given_to_nobody()
    {
        await database.KeepSparesAsync();
        await database.Owner.ExecuteAsync("""
            do $$ declare spare text; begin
                for spare in select name from platform.tenant_schemas where tenant_id is null loop
                    execute format('alter table %I.todos no force row level security', spare);
                end loop;
            end $$
            """);
        var tenant = await database.QueueAsync();

        var (first, second, third) = (await database.ProvisionAsync(), await database.ProvisionAsync(), await database.ProvisionAsync());

        Assert.All([first, second], attempt => Assert.Contains("row-level security", attempt!.Error, StringComparison.Ordinal));
        Assert.Equal((tenant.Key, false, null), (third!.Key, third.Adopted, third.Error));
        await database.KeepSparesAsync();
        Assert.Equal(0L, await database.Owner.ScalarAsync<long>("select count(*) from platform.tenant_schemas where error is not null"));
        Assert.Null(await database.OrphansAsync());
    }

    // Their identity, which renaming a schema does not change.
    private Task<string?> TablesOfAsync(string pattern) => database.Owner.ScalarAsync<string>(
        $"select string_agg(oid::text, ' ' order by relnamespace, oid) from pg_class where relkind = 'r' and relnamespace::regnamespace::text ~ '{pattern}'");
}
