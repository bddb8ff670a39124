using Npgsql;

namespace TenantPlatform.ApiService.Tests.Platform;

/// <summary>On a database of its own, where no other test's admins are.</summary>
public sealed class LastAdminTests(LastAdminTests.Alone alone) : IClassFixture<LastAdminTests.Alone>
{
    [Fact]
    public async Task Of_admins_who_revoke_and_demote_each_other_at_once_one_remains()
    {
        var (one, other) = (await alone.SignUpAdminAsync(), await alone.SignUpAdminAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => (number % 4) switch
        {
            0 => one.DeleteAsync($"/platform/staff/{other.UserId}"),
            1 => other.DeleteAsync($"/platform/staff/{one.UserId}"),
            2 => one.PutAsync($"/platform/staff/{one.UserId}", new { role = "support" }),
            _ => other.PutAsync($"/platform/staff/{other.UserId}", new { role = "support" }),
        }));

        Assert.Contains(answers, answer => (int)answer.Status < 300);
        Assert.All(answers, answer => Assert.True((int)answer.Status < 500, answer.Text));
        Assert.Equal(1, await alone.CountAdminsAsync());
    }

    public sealed class Alone(ApiFixture fixture) : IAsyncLifetime
    {
        private Fixtures.TestDatabase? database;
        private Api? api;

        public async ValueTask InitializeAsync()
        {
            database = await fixture.Database.CreateDatabaseAsync("last_admin");
            await fixture.Database.Server.MigrateAsync(database, CancellationToken.None);
            api = new Api(database, fixture.Database.SigningKey);
        }

        public ValueTask DisposeAsync() => api?.DisposeAsync() ?? ValueTask.CompletedTask;

        public Task<long> CountAdminsAsync() => RunAsync(
            "select count(*) from platform.platform_users where role = 'admin' and deleted is null and $1 is not null", Guid.Empty);

        internal async Task<Caller> SignUpAdminAsync()
        {
            var user = await api!.SignUpAsync();
            await RunAsync("insert into platform.platform_users (user_id, role) values ($1, 'admin') returning 1::bigint", user.UserId);
            return user;
        }

        private async Task<long> RunAsync(string sql, Guid id)
        {
            await using var admin = NpgsqlDataSource.Create(database!.Admin);
            await using var command = admin.CreateCommand(sql);
            command.Parameters.AddWithValue(id);
            return (long)(await command.ExecuteScalarAsync(Cancel))!;
        }
    }
}
