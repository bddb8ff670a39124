using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests;

public sealed class GrantTests(GrantTests.Migrated migrated) : IClassFixture<GrantTests.Migrated>
{
    private string Admin => migrated.Database.Admin;

    [Fact]
    public async Task The_app_role_has_no_attribute_but_login() => Assert.True(await Admin.ScalarAsync<bool>("""
        select rolcanlogin and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
           and not exists (select from pg_auth_members m where m.member = r.oid)
        from pg_roles r where rolname = 'tp_app'
        """));

    [Fact]
    public async Task The_app_role_owns_nothing() => Assert.Equal(0L, await Admin.ScalarAsync<long>(
        "select count(*) from pg_shdepend where refobjid = 'tp_app'::regrole and deptype = 'o'"));

    [Fact]
    public async Task Everything_of_ours_belongs_to_the_owner_role() => Assert.Equal(0L, await Admin.ScalarAsync<long>("""
        select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('platform', 'pooled', 'tenancy') and c.relowner <> 'tp_owner'::regrole
        """));

    [Theory]
    [InlineData("select")]
    [InlineData("insert")]
    public async Task The_app_role_reads_and_adds_rows_of_the_tenant_plane(string privilege) => Assert.Equal(0L, await TablesAsync(
        $"n.nspname = 'pooled' and not has_table_privilege('tp_app', c.oid, '{privilege}')"));

    [Theory]
    [InlineData("truncate")]
    [InlineData("references")]
    [InlineData("trigger")]
    public async Task The_app_role_only_works_on_rows(string privilege) => Assert.Equal(0L, await TablesAsync(
        $"n.nspname in ('platform', 'pooled') and has_table_privilege('tp_app', c.oid, '{privilege}')"));

    [Fact]
    public async Task The_app_role_deletes_nothing_in_the_control_plane() => Assert.Equal(0L, await TablesAsync(
        "n.nspname = 'platform' and has_table_privilege('tp_app', c.oid, 'delete')"));

    [Theory]
    [InlineData("platform.migrations_history")]
    [InlineData("pooled.migrations_history")]
    [InlineData("tenancy.signing_keys")]
    public async Task What_is_the_workers_business_is_closed(string table) => Assert.False(await Admin.ScalarAsync<bool>(
        $"select has_any_column_privilege('tp_app', '{table}', 'select,insert,update,references') or has_table_privilege('tp_app', '{table}', 'delete,truncate,trigger')"));

    [Fact]
    public async Task A_new_table_is_closed_until_the_worker_comes_by()
    {
        await migrated.Database.Owner.ExecuteAsync("create table platform.fresh (id uuid primary key)");

        var error = await Assert.ThrowsAsync<PostgresException>(() => migrated.Database.App.ScalarAsync<long>("select count(*) from platform.fresh"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        await migrated.Database.Owner.ExecuteAsync("drop table platform.fresh");
    }

    [Fact]
    public async Task Strangers_cannot_even_connect()
    {
        await Admin.ExecuteAsync("create role stranger login password 'stranger'");
        var stranger = new NpgsqlConnectionStringBuilder(migrated.Database.App) { Username = "stranger", Password = "stranger" }.ConnectionString;

        var error = await Assert.ThrowsAsync<PostgresException>(() => stranger.ScalarAsync<int>("select 1"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    [Fact]
    public async Task The_owner_sees_all_rows_in_backfills()
    {
        await migrated.Database.Admin.ExecuteAsync("insert into platform.users (id, email) values (gen_random_uuid(), 'seen@example.org')");

        Assert.Equal(1L, await migrated.Database.Owner.ScalarAsync<long>("select count(*) from platform.users"));
    }

    private Task<long> TablesAsync(string condition) => Admin.ScalarAsync<long>($"""
        select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and c.relname <> 'migrations_history' and {condition}
        """);

    public sealed class Migrated : IAsyncLifetime
    {
        private readonly DatabaseServer server = new();

        public TestDatabase Database { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await server.InitializeAsync();
            Database = server.Database("grants");
            await server.MigrateAsync(Database, CancellationToken.None);
        }

        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
