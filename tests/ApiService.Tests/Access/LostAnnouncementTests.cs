using Npgsql;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Tests.Access;

/// <summary>When announcements do not arrive, what is known ends by itself.</summary>
public sealed class LostAnnouncementTests(ApiFixture fixture, Replicas replicas) : IClassFixture<Replicas>
{
    private const string DirectConnection = "ConnectionStrings:tenantplatform-direct";

    [Fact]
    public async Task A_change_that_nobody_announces_counts_after_the_lifetime()
    {
        await using var api = fixture.Start(new Dictionary<string, string> { ["AccessCache:LifetimeSeconds"] = "2" });
        await api.HearsAsync();
        var user = (await fixture.Api.SignUpAsync()).At(api);
        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);

        await BanByHandAsync(user);

        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        var elapsed = await RefusedAfterAsync(user, TimeSpan.FromSeconds(2.5));
        TestContext.Current.TestOutputHelper?.WriteLine($"Refused after {elapsed.TotalMilliseconds:0} ms");
    }

    [Theory]
    [InlineData(DirectConnection, "Host=127.0.0.1;Port=1;Username=tp_app")]
    [InlineData("AccessCache:Listen", "false")]
    public async Task A_process_that_cannot_listen_serves_and_remembers_for_a_second(string setting, string value)
    {
        await using var api = fixture.Start(new Dictionary<string, string> { [setting] = value });
        var user = (await fixture.Api.SignUpAsync()).At(api);
        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);

        await BanByHandAsync(user);

        await RefusedAfterAsync(user, TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Whoever_loses_its_connection_forgets_everything_and_hears_again_soon()
    {
        var name = $"listener-{Guid.NewGuid():N}";
        var direct = new NpgsqlConnectionStringBuilder(fixture.Database.AppConnectionString) { ApplicationName = name }.ConnectionString;
        await using var api = fixture.Start(new Dictionary<string, string> { [DirectConnection] = direct });
        await api.HearsAsync();
        var (first, second) = ((await fixture.Api.SignUpAsync()).At(api), (await fixture.Api.SignUpAsync()).At(api));
        (await first.GetAsync("/auth/me")).Require(HttpStatusCode.OK);

        Assert.Equal(1L, await fixture.CountAsAdminAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = $1", name));
        await BanByHandAsync(first);
        await RefusedAfterAsync(first, Replicas.Limit);

        await api.HearsAsync();
        await Replicas.RequireRefusedAsync(
            () => second.GetAsync("/auth/me"),
            () => replicas.ChangeAsync<User>(TenantContext.ForPlatform(Guid.NewGuid()), row => row.Id == second.UserId, row => row.Banned = true),
            HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private static Task<TimeSpan> RefusedAfterAsync(Caller user, TimeSpan limit) =>
        Replicas.RefusedAfterAsync(() => user.GetAsync("/auth/me"), HttpStatusCode.Unauthorized, "unauthenticated", limit);

    private Task<int> BanByHandAsync(Caller user) => fixture.AsAdminAsync("update platform.users set banned = true where id = $1", user.UserId);
}
