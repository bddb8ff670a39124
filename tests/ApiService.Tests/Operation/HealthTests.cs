using System.Diagnostics;
using Npgsql;

namespace TenantPlatform.ApiService.Tests.Operation;

public sealed class HealthTests(ApiFixture fixture)
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task A_healthy_api_says_only_that(string path)
    {
        Assert.Equal("Healthy", (await fixture.Api.Anonymous.GetAsync(path)).Require(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task An_api_whose_database_stops_isolating_says_so_within_seconds()
    {
        var database = await fixture.Database.CreateDatabaseAsync($"sick_{Guid.NewGuid():N}", Cancel);
        await fixture.Database.Server.MigrateAsync(database, Cancel);
        await using var api = new Api(database, fixture.Database.SigningKey);
        (await api.Anonymous.GetAsync("/health")).Require(HttpStatusCode.OK);

        await using var admin = NpgsqlDataSource.Create(database.Admin);
        await using var breach = admin.CreateCommand("drop policy tenant_isolation on pooled.todos");
        await breach.ExecuteNonQueryAsync(Cancel);

        // What was found last counts for ten seconds.
        for (var patience = Stopwatch.StartNew(); (await api.Anonymous.GetAsync("/health")).Status is HttpStatusCode.OK;)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30));
            await Task.Delay(TimeSpan.FromMilliseconds(200), Cancel);
        }

        Assert.Equal("Unhealthy", (await api.Anonymous.GetAsync("/health")).Require(HttpStatusCode.ServiceUnavailable).Text);
        (await api.Anonymous.GetAsync("/alive")).Require(HttpStatusCode.OK);
    }
}
