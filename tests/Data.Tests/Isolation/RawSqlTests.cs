using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

public sealed class RawSqlTests(DatabaseFixture database)
{
    private NpgsqlDataSource App => database.App.DataSource;

    [Theory]
    [InlineData("platform.users")]
    [InlineData("platform.accounts")]
    [InlineData("platform.sessions")]
    [InlineData("platform.tenants")]
    [InlineData("platform.tenant_users")]
    [InlineData("pooled.todos")]
    public async Task Without_a_context_every_table_is_empty(string table)
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);

        Assert.Equal(0L, await App.ScalarAsync<long>($"select count(*) from {table}"));
        Assert.Equal(0, await App.ExecuteAsync($"update {table} set updated = now()"));
    }

    [Fact]
    public async Task Without_a_context_nothing_can_be_deleted()
    {
        await database.AddTodoAsync(await database.CreateTenantAsync(Cancel));

        Assert.Equal(0, await App.ExecuteAsync("delete from pooled.todos"));
        await AssertDeniedAsync("delete from platform.tenants");
    }

    [Fact]
    public async Task Without_a_context_nothing_can_be_inserted()
    {
        var tenant = await database.CreateTenantAsync(Cancel);

        await AssertDeniedAsync($"insert into pooled.todos (tenant_id, id, title, created_by) values ('{tenant.Id}', gen_random_uuid(), 'forged', '{tenant.OwnerId}')");
        await AssertDeniedAsync("insert into platform.users (id, email) values (gen_random_uuid(), 'forged@example.org')");
    }

    [Fact]
    public async Task A_context_ends_with_its_transaction()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await using var connection = await App.OpenConnectionAsync(Cancel);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("call tenancy.enter($1)") { Parameters = { new() { Value = database.Signer.Sign(tenant.Context) } } },
                new("select count(*) from todos"),
            },
        };
        Assert.Equal(1L, await batch.ExecuteScalarAsync(Cancel));

        await using var next = new NpgsqlCommand("select count(*) from todos", connection);
        Assert.Equal(0L, await next.ExecuteScalarAsync(Cancel));
    }

    [Theory]
    [InlineData("set row_security = off; select count(*) from pooled.todos")]
    [InlineData("truncate pooled.todos")]
    [InlineData("truncate platform.users cascade")]
    [InlineData("set role tp_owner")]
    [InlineData("set session authorization tp_owner")]
    [InlineData("select * from tenancy.signing_keys")]
    [InlineData("select inner_pad from tenancy.signing_keys")]
    [InlineData("insert into tenancy.signing_keys (id, inner_pad, outer_pad) values ('mine', decode(repeat('00', 64), 'hex'), decode(repeat('00', 64), 'hex'))")]
    [InlineData("select tenancy.claim(2)")]
    [InlineData("select * from platform.migrations_history")]
    [InlineData("select * from pooled.migrations_history")]
    public async Task Ways_around_row_level_security_are_closed(string sql) => await AssertDeniedAsync(sql);

    [Theory]
    [InlineData("alter table pooled.todos disable row level security")]
    [InlineData("alter table pooled.todos no force row level security")]
    [InlineData("drop policy tenant_isolation on pooled.todos")]
    [InlineData("create policy mine on pooled.todos using (true)")]
    [InlineData("create trigger mine before insert on pooled.todos for each row execute function suppress_redundant_updates_trigger()")]
    [InlineData("create or replace function tenancy.tenant_id() returns uuid language sql as 'select null::uuid'")]
    [InlineData("alter role tp_app bypassrls")]
    public async Task The_guard_itself_cannot_be_changed(string sql) => await AssertDeniedAsync(sql);

    [Fact]
    public async Task Copy_exports_only_what_the_context_may_read()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant, "exported");
        await database.AddTodoAsync(await database.CreateTenantAsync(Cancel));
        await using var connection = await App.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var enter = new NpgsqlCommand("call tenancy.enter($1)", connection)
        {
            Parameters = { new() { Value = database.Signer.Sign(tenant.Context) } },
        };
        await enter.ExecuteNonQueryAsync(Cancel);

        using var export = await connection.BeginTextExportAsync("copy pooled.todos (title) to stdout", Cancel);

        Assert.Equal("exported\n", await export.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task Not_even_an_administrator_sees_the_context_in_a_sessions_activity()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var busy = database.Tenants.Open(tenant.Context);
        await using var transaction = await busy.Database.BeginTransactionAsync(Cancel);
        await using var admin = NpgsqlDataSource.Create(database.AdminConnectionString);

        var backend = ((NpgsqlConnection)busy.Database.GetDbConnection()).ProcessID;

        Assert.Equal("call tenancy.enter($1)", await admin.ScalarAsync<string>($"select query from pg_stat_activity where pid = {backend}"));
    }

    private async Task AssertDeniedAsync(string sql) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => App.ExecuteAsync(sql)));
}
