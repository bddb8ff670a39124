using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Tenancy;

/// <summary>What somebody can do who runs SQL of their own inside a scope that they have reached honestly.</summary>
public sealed class ControlPlaneScopeTests(DatabaseFixture database)
{
    private NpgsqlDataSource App => database.App.DataSource;

    [Theory]
    [InlineData("insert into platform.tenant_users (tenant_id, user_id, roles) select '{tenant}', '{user}', '{owner}'")]
    [InlineData("insert into platform.sessions (id, user_id, token_hash, expires) values (gen_random_uuid(), '{user}', sha256('x'), now() + interval '1 h')")]
    [InlineData("insert into platform.platform_users (user_id, role) values ('{user}', 'admin')")]
    [InlineData("update platform.sessions set user_id = '{owner_id}'")]
    [InlineData("update platform.users set email_verified = now() where id = '{user}'")]
    [InlineData("update platform.users set external_id = 'somebody-else' where id = '{user}'")]
    [InlineData("update platform.users set banned = true where id = '{user}'")]
    [InlineData("delete from platform.users")]
    [InlineData("delete from platform.tenants")]
    [InlineData("select * from platform.tenant_schemas")]
    public async Task A_user_is_refused(string sql) => await AssertRefusedInAsync(TenantContext.ForUser, sql);

    [Theory]
    [InlineData("insert into platform.tenant_users (tenant_id, user_id, roles) select '{tenant}', '{user}', '{owner}'")]
    [InlineData("update platform.tenant_users set tenant_id = '{tenant}'")]
    [InlineData("update platform.tenants set placement = 'dedicated'")]
    [InlineData("update platform.tenants set key = 'aaaaaaaaaaaa'")]
    [InlineData("update platform.tenants set plan = 'enterprise'")]
    [InlineData("update platform.tenants set plan_limits = '{}'")]
    [InlineData("update platform.tenants set status = 'suspended'")]
    [InlineData("update platform.plans set limits = '{}'")]
    [InlineData("update platform.permissions set description = 'mine'")]
    [InlineData("insert into platform.roles (id, is_system, name) values (gen_random_uuid(), true, 'root')")]
    [InlineData("insert into platform.subscriptions (tenant_id, id, plan) values ('{own}', gen_random_uuid(), 'pro')")]
    [InlineData("select * from platform.tenant_schemas")]
    public async Task A_tenant_is_refused(string sql)
    {
        var own = await database.CreateTenantAsync(Cancel);

        await AssertRefusedInAsync(_ => own.Context, sql.Replace("{own}", own.Id.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("platform.accounts")]
    [InlineData("platform.sessions")]
    [InlineData("platform.verifications")]
    public async Task Inside_a_tenant_nobodys_secrets_can_be_seen(string table)
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await App.ExecuteAsync(Secrets(tenant.OwnerId), database.Signer.Sign(TenantContext.ForAuthentication));

        Assert.True(await CountAsync(table, TenantContext.ForAuthentication) > 0);
        Assert.Equal(0, await CountAsync(table, tenant.Context));
    }

    [Fact]
    public async Task A_user_changes_none_but_their_own_rows()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await App.ExecuteAsync(Secrets(tenant.OwnerId), database.Signer.Sign(TenantContext.ForAuthentication));
        var user = database.Signer.Sign(TenantContext.ForUser(await database.App.CreateUserAsync(Cancel)));

        Assert.Equal(1, await App.ExecuteAsync("update platform.users set name = 'Ann'", user));
        Assert.Equal(0, await App.ExecuteAsync("update platform.sessions set expires = now() + interval '1 year'", user));
        Assert.Equal(0, await App.ExecuteAsync("update platform.accounts set password = 'mine'", user));
        Assert.Equal(0, await App.ExecuteAsync("update platform.tenant_users set roles = '{owner}'", user));
    }

    [Fact]
    public async Task Without_a_context_not_even_the_catalogues_can_be_read()
    {
        foreach (var table in new[] { "permissions", "roles", "plans", "invitations", "teams", "verifications", "platform_users" })
            Assert.Equal(0L, await App.ScalarAsync<long>($"select count(*) from platform.{table}"));
    }

    private static string Secrets(Guid userId) => $"""
        insert into platform.accounts (id, user_id, provider_id, account_id, password) values (gen_random_uuid(), '{userId}', 'credential', '{userId}', 'hash');
        insert into platform.sessions (id, user_id, token_hash, expires) values (gen_random_uuid(), '{userId}', sha256('{userId}'), now() + interval '1 h');
        insert into platform.verifications (id, identifier, value_hash, expires) values (gen_random_uuid(), 'email', sha256('{userId}'), now() + interval '1 h')
        """;

    private Task<long> CountAsync(string table, TenantContext context) =>
        App.ScalarAsync<long>($"select count(*) from {table}", database.Signer.Sign(context));

    // {tenant} is a stranger's tenant, {owner_id} its owner, {user} the attacker.
    private async Task AssertRefusedInAsync(Func<Guid, TenantContext> scope, string sql)
    {
        var victim = await database.CreateTenantAsync(Cancel);
        var user = await database.App.CreateUserAsync(Cancel);
        var filled = sql.Replace("{tenant}", victim.Id.ToString(), StringComparison.Ordinal)
            .Replace("{owner_id}", victim.OwnerId.ToString(), StringComparison.Ordinal)
            .Replace("{user}", user.ToString(), StringComparison.Ordinal);

        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            await RawSql.SqlStateAsync(() => App.ExecuteAsync(filled, database.Signer.Sign(scope(user)))));
    }
}
