using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Tenancy;

/// <summary>What the platform's staff may write, nobody else may; and in a tenant, staff sees that tenant and no other.</summary>
public sealed class PlatformScopeTests(DatabaseFixture database)
{
    private const string Log = """
        insert into platform.platform_audit_logs (id, actor_id, action, resource_type, resource_id)
        select gen_random_uuid(), '{user}', 'user.banned', 'user', '{user}'
        """;

    private const string Entry = """
        insert into platform.tenant_entries (id, user_id, tenant_id, session_id, reason, expires)
        select gen_random_uuid(), '{user}', '{tenant}', gen_random_uuid(), 'because', now() + interval '1 h'
        """;

    private NpgsqlDataSource App => database.App.DataSource;

    [Theory]
    [InlineData("insert into platform.platform_users (user_id, role) values ('{user}', 'admin')", "user")]
    [InlineData("insert into platform.platform_users (user_id, role) values ('{user}', 'admin')", "tenant")]
    [InlineData("insert into platform.platform_users (user_id, role) values ('{user}', 'admin')", "auth")]
    [InlineData(Log, "user")]
    [InlineData(Log, "tenant")]
    [InlineData(Entry, "user")]
    [InlineData(Entry, "tenant")]
    public async Task Nobody_else_writes_what_staff_writes(string sql, string scope)
    {
        var (tenant, filled) = await FillAsync(sql);
        var context = scope switch
        {
            "user" => TenantContext.ForUser(tenant.OwnerId),
            "auth" => TenantContext.ForAuthentication,
            _ => tenant.Context,
        };

        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            await RawSql.SqlStateAsync(() => App.ExecuteAsync(filled, database.Signer.Sign(context))));
    }

    [Theory]
    [InlineData("platform.platform_users", "role = 'admin'")]
    [InlineData("platform.tenant_entries", "expires = expires + interval '1 h'")]
    public async Task Nobody_else_changes_what_staff_has_written(string table, string change)
    {
        var (tenant, filled) = await FillAsync($"insert into platform.platform_users (user_id, role) values ('{{user}}', 'support'); {Entry}");
        Assert.Equal(2, await App.ExecuteAsync(filled, database.Signer.Sign(TenantContext.ForPlatform(tenant.OwnerId))));

        Assert.Equal(0, await App.ExecuteAsync($"update {table} set {change}", database.Signer.Sign(TenantContext.ForUser(tenant.OwnerId))));
        Assert.Equal(0, await App.ExecuteAsync($"update {table} set {change}", database.Signer.Sign(tenant.Context)));
    }

    [Fact]
    public async Task Staff_writes_entries_and_logs_in_nobody_elses_name()
    {
        var (tenant, entry) = await FillAsync(Entry);
        var another = database.Signer.Sign(TenantContext.ForPlatform(Guid.NewGuid()));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => App.ExecuteAsync(entry, another)));
        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            await RawSql.SqlStateAsync(() => App.ExecuteAsync(Log.Replace("{user}", tenant.OwnerId.ToString(), StringComparison.Ordinal), another)));
    }

    [Fact]
    public async Task Staff_in_a_tenant_sees_its_rows_only_and_outside_none()
    {
        var (tenant, other) = (await database.CreateTenantAsync(Cancel), await database.CreateTenantAsync(Cancel));

        await database.AddTodoAsync(tenant);
        await database.AddTodoAsync(other);
        var staff = Guid.NewGuid();
        Assert.Equal(1, await CountTodosAsync(TenantContext.ForPlatform(tenant.Id, staff), "pooled.todos"));
        Assert.Equal(0, await CountTodosAsync(TenantContext.ForPlatform(tenant.Id, staff), $"pooled.todos where tenant_id = '{other.Id}'"));
        Assert.Equal(0, await CountTodosAsync(TenantContext.ForPlatform(staff), "pooled.todos"));
    }

    [Fact]
    public async Task Staff_suspends_the_tenant_it_names_and_no_other()
    {
        var (tenant, other) = (await database.CreateTenantAsync(Cancel), await database.CreateTenantAsync(Cancel));
        var context = database.Signer.Sign(TenantContext.ForPlatform(tenant.Id, Guid.NewGuid()));

        Assert.Equal(1, await App.ExecuteAsync("update platform.tenants set status = 'suspended'", context));
        Assert.Equal(0, await App.ExecuteAsync($"update platform.tenants set status = 'active' where id = '{other.Id}'", context));
    }

    private Task<long> CountTodosAsync(TenantContext context, string from) =>
        App.ScalarAsync<long>($"select count(*) from {from}", database.Signer.Sign(context));

    private async Task<(TestTenant Tenant, string Sql)> FillAsync(string sql)
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        return (tenant, sql.Replace("{user}", tenant.OwnerId.ToString(), StringComparison.Ordinal).Replace("{tenant}", tenant.Id.ToString(), StringComparison.Ordinal));
    }
}
