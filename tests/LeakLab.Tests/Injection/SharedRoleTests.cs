using System.Net.Http.Headers;
using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.LeakLab.Http;
using TenantPlatform.LeakLab.Tests.Http;

namespace TenantPlatform.LeakLab.Tests.Injection;

/// <summary>All requests are one role to PostgreSQL. What injected SQL can do with that, and what it cannot.</summary>
public sealed class SharedRoleTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private Api api = null!;
    private HttpClient client = null!;
    private NpgsqlDataSource admin = null!;
    private Scene scene = null!;

    public async ValueTask InitializeAsync()
    {
        api = new Api(database.AppConnectionString, database.SigningKey, Holes.Map);
        client = new HttpClient { BaseAddress = api.Address };
        admin = Administrator.Of(database);
        scene = await Seeder.CreateSceneAsync(admin, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await admin.DisposeAsync();
        await api.DisposeAsync();
    }

    // If it failed by itself, it would undo what a payload before it has done, and the lab would prove nothing.
    [Theory]
    [InlineData(Holes.OrderBy)]
    [InlineData(Holes.Where)]
    [InlineData(Holes.Batch)]
    [InlineData(Holes.Transaction)]
    public async Task Every_hole_lets_the_attacker_plunder_their_own_tenant(string hole)
    {
        await InjectAsync(scene.Attacker, hole, Holes.Stacked[hole](Payload.Plunder));

        Assert.Equal("2", await ScalarAsync($"select count(*) from pooled.todos where title = 'plundered' and tenant_id = '{scene.Attacker.TenantId}'"));
        Assert.Equal("plundered", await ScalarAsync($"select name from platform.tenants where id = '{scene.Attacker.TenantId}'"));
    }

    [Theory]
    [InlineData(Holes.OrderBy)]
    [InlineData(Holes.Where)]
    public async Task Every_hole_answers_the_attackers_query(string hole) => Assert.Contains(
        scene.Attacker.Mark("todo"), await InjectAsync(scene.Attacker, hole, Holes.Nested[hole]("select string_agg(title, ',') from pooled.todos")), StringComparison.Ordinal);

    [Theory]
    [InlineData("select pg_advisory_lock(hashtextextended('(victim)', 0))")]
    [InlineData("select pg_advisory_lock_shared(1)")]
    [InlineData("select pg_try_advisory_lock(1, 2)")]
    [InlineData("select lo_from_bytea(0, 'kept')")]
    [InlineData("select lo_create(0)")]
    public async Task What_would_outlive_the_request_is_taken_away(string sql) => Assert.Contains(
        "42501", await InjectAsync(scene.Attacker, Holes.Batch, sql.Replace("(victim)", scene.Victim.TenantId.ToString(), StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public async Task A_role_can_change_its_own_settings_and_password_until_the_next_run_of_the_worker()
    {
        await InjectAsync(scene.Attacker, Holes.Batch, """
            alter role tp_app set default_transaction_read_only = on;
            alter role tp_app in database tenantplatform set row_security = off;
            alter role tp_app password 'taken'
            """);
        await Assert.ThrowsAsync<PostgresException>(() => ConnectAsync());

        await database.Server.MigrateAsync(database.Server.Database("tenantplatform"), Cancel);

        await ConnectAsync();
        Assert.Equal("search_path=pooled", await ScalarAsync(
            "select string_agg(setting, ',') from pg_db_role_setting, unnest(setconfig) setting where setrole = 'tp_app'::regrole"));
    }

    private async Task<string> InjectAsync(Party party, string hole, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Holes.Prefix}/tenants/{party.Key}/{hole}") { Content = new StringContent(text) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", party.Owner.Token);
        using var response = await client.SendAsync(request, Cancel);
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    private async Task ConnectAsync()
    {
        var access = new NpgsqlConnectionStringBuilder(database.AppConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(access.ConnectionString);
        await connection.OpenAsync(Cancel);
    }

    private async Task<string> ScalarAsync(string sql)
    {
        await using var command = admin.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync(Cancel)}";
    }
}
