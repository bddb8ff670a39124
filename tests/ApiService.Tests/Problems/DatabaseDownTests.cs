using TenantPlatform.Fixtures;

namespace TenantPlatform.ApiService.Tests.Problems;

public sealed class DatabaseDownTests
{
    [Fact]
    public async Task Without_its_database_the_api_says_so_and_to_try_again()
    {
        var server = new DatabaseServer();
        await server.InitializeAsync();
        var database = await server.CreateDatabaseAsync("tenantplatform", Cancel);
        await server.MigrateAsync(database, Cancel);
        await using var api = new Api(database, server.SigningKey);
        var tenant = await api.SignUpWithTenantAsync();

        await server.DisposeAsync();

        // The first may meet a connection that died, the second meets none.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var answer = (await tenant.ListAsync()).RequireProblem(HttpStatusCode.ServiceUnavailable, "database-unavailable");
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        var signIn = await api.Anonymous.PostAsync("/auth/sign-in", new { email = NewEmail(), password = Password });
        signIn.RequireProblem(HttpStatusCode.ServiceUnavailable, "database-unavailable");
        (await api.Anonymous.GetAsync("/health")).Require(HttpStatusCode.ServiceUnavailable);
        (await api.Anonymous.GetAsync("/alive")).Require(HttpStatusCode.OK);
    }
}
