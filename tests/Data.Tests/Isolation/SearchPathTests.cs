using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

public sealed class SearchPathTests(DatabaseFixture database)
{
    private NpgsqlDataSource App => database.App.DataSource;

    [Theory]
    [InlineData("create schema evil")]
    [InlineData("create temp table todos (id uuid)")]
    [InlineData("create table public.todos (id uuid)")]
    [InlineData("create table pooled.evil (id uuid)")]
    [InlineData("create function public.sha256(bytea) returns bytea language sql as 'select null::bytea'")]
    [InlineData("create function pg_temp.sha256(bytea) returns bytea language sql as 'select null::bytea'")]
    [InlineData("create view tenancy.evil as select 1")]
    public async Task Nothing_can_be_placed_on_a_search_path(string sql) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => App.ExecuteAsync(sql)));

    [Theory]
    [InlineData("public")]
    [InlineData("pg_temp, public, pg_catalog")]
    [InlineData("tenancy, platform")]
    [InlineData("")]
    public async Task A_search_path_of_the_callers_choice_changes_nothing(string searchPath)
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await database.AddTodoAsync(await database.CreateTenantAsync(Cancel));
        var context = database.Signer.Sign(tenant.Context);
        var before = $"set local search_path = {(searchPath.Length > 0 ? searchPath : "''")}";

        Assert.Equal(tenant.Id, await App.ScalarAsync<Guid>($"{before}; call tenancy.enter('{context}'); select tenancy.tenant_id()"));
        Assert.Equal(1L, await App.ScalarAsync<long>($"{before}; call tenancy.enter('{context}'); select count(*) from todos"));
        Assert.Equal(1L, await App.ScalarAsync<long>($"{before}; select count(*) from pooled.todos", context));
    }

    [Fact]
    public async Task A_pooled_tenant_is_led_to_the_pooled_schema()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var context = database.Signer.Sign(tenant.Context);

        Assert.Equal("pooled", await App.ScalarAsync<string>("select current_setting('search_path')", context));
        Assert.Equal("pooled", await App.ScalarAsync<string>("select tenancy.home()", context));
    }

    [Fact]
    public async Task A_dedicated_tenant_is_led_to_its_own_schema()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await owner.ExecuteAsync($"update platform.tenants set placement = 'dedicated' where id = '{tenant.Id}'");

        Assert.Equal($"tenant_{tenant.Key}", await App.ScalarAsync<string>(
            "select current_setting('search_path')", database.Signer.Sign(tenant.Context)));
    }

    [Fact]
    public async Task A_move_fences_out_the_tenants_units_of_work()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var mover = await owner.OpenConnectionAsync(Cancel);
        await using var transaction = await mover.BeginTransactionAsync(Cancel);
        await using var fence = new NpgsqlCommand($"select pg_advisory_xact_lock(hashtextextended('{tenant.Id}', 0))", mover);
        await fence.ExecuteNonQueryAsync(Cancel);

        Assert.Equal(PostgresErrorCodes.LockNotAvailable, await RawSql.SqlStateAsync(() => App.ExecuteAsync(
            $"set local lock_timeout = '100ms'; call tenancy.enter('{database.Signer.Sign(tenant.Context)}')")));
    }
}
