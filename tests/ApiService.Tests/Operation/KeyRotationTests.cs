using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.ApiService.Tests.Operation;

/// <summary>Replicas of the API while the key that signs tenant contexts changes, each with keys of its own.</summary>
public sealed class KeyRotationTests(ApiFixture fixture)
{
    private const string Secret = "Tenancy__SigningKey";

    private readonly string first = NewKey();
    private readonly string second = NewKey();

    private TestDatabase Database => fixture.Database.Server.Database("tenantplatform");

    [Fact]
    public async Task A_mounted_secret_that_changes_is_taken_over_by_an_api_at_work()
    {
        await InstallAsync(first);
        await InstallAsync(second);
        using var secrets = new SecretsFolder(Secret, first);
        await using var api = Start(new() { ["Secrets:Folder"] = secrets.Path });
        var tenant = await api.SignUpWithTenantAsync();
        Assert.Equal(new SigningKey(first).Id, SigningKeyOf(api));

        secrets.Write(Secret, second);
        while (SigningKeyOf(api) != new SigningKey(second).Id)
            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancel);
        await EndAsync(first, "revoked");

        (await tenant.ListAsync()).Require(HttpStatusCode.OK);
        Assert.Equal(HealthStatus.Healthy, (await HealthOfAsync(api)).Status);
    }

    [Theory]
    [InlineData("revoked", "tenant context is signed with a key that was revoked")]
    [InlineData("expires", "tenant context is signed with a key that has expired")]
    public async Task A_replica_that_missed_a_rotation_is_unhealthy_and_says_why(string ended, string reason)
    {
        await InstallAsync(first);
        await using var api = Start(new() { ["Tenancy:SigningKey"] = first });
        Assert.Equal(HealthStatus.Healthy, (await HealthOfAsync(api)).Status);

        await EndAsync(first, ended);

        var health = await HealthOfAsync(api);
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Equal(
            $"The database does not accept our tenant context ({reason}): Set Tenancy:SigningKey of this service to the key that signs now.",
            health.Description);
        (await api.Anonymous.GetAsync("/health")).Require(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_cursor_of_the_former_key_is_refused_and_the_list_begins_again()
    {
        await InstallAsync(first);
        await InstallAsync(second);
        await using var api = Start(new() { ["Tenancy:SigningKey"] = first });
        var tenant = await api.SignUpWithTenantAsync();
        await tenant.AddTodosAsync(2);
        var former = (await tenant.ListAsync("?limit=1")).NextCursor;

        var configuration = (IConfigurationRoot)api.Services.GetRequiredService<IConfiguration>();
        configuration["Tenancy:SigningKey"] = second;
        configuration.Reload();

        (await tenant.ListAsync($"?limit=1&cursor={former}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
        var cursor = (await tenant.ListAsync("?limit=1")).NextCursor;
        Assert.Single((await tenant.ListAsync($"?limit=1&cursor={cursor}")).Items);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(-40)]
    [InlineData(3900)]
    [InlineData(-3900)]
    public async Task An_api_whose_clock_went_wrong_is_unhealthy_and_names_both_times(int seconds)
    {
        var time = new ShiftedTime();
        await using var api = new Api(Database, fixture.Database.SigningKey, settings: null, time);
        Assert.Equal(HealthStatus.Healthy, (await HealthOfAsync(api)).Status);

        time.Shift = TimeSpan.FromSeconds(seconds);

        var health = await HealthOfAsync(api);
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.StartsWith("The clocks differ by ", health.Description, StringComparison.Ordinal);
    }

    private static string NewKey() => $"{Guid.NewGuid():N}{Guid.NewGuid():N}";

    private static string SigningKeyOf(Api api) =>
        api.Services.GetRequiredService<TenantContextSigner>().Sign(TenantContext.ForAuthentication).Split('.')[5];

    private static async Task<HealthReportEntry> HealthOfAsync(Api api) =>
        (await api.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel)).Entries["database"];

    private Api Start(Dictionary<string, string> settings) => new(Database, fixture.Database.SigningKey, settings);

    private async Task InstallAsync(string secret)
    {
        var key = new SigningKey(secret);
        await using var owner = NpgsqlDataSource.Create(Database.Owner);
        await using var install = owner.CreateCommand("insert into tenancy.signing_keys (id, inner_pad, outer_pad) values ($1, $2, $3)");
        install.Parameters.AddWithValue(key.Id);
        install.Parameters.AddWithValue(key.InnerPad);
        install.Parameters.AddWithValue(key.OuterPad);
        await install.ExecuteNonQueryAsync(Cancel);
    }

    private async Task EndAsync(string secret, string column)
    {
        await using var owner = NpgsqlDataSource.Create(Database.Owner);
        await using var end = owner.CreateCommand($"update tenancy.signing_keys set {column} = now() where id = $1");
        end.Parameters.AddWithValue(new SigningKey(secret).Id);
        Assert.Equal(1, await end.ExecuteNonQueryAsync(Cancel));
    }
}
