using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests;

/// <summary>On a server of its own: the roles and their passwords are the server's, not a database's.</summary>
public sealed class PasswordTests(DatabaseServer server) : IClassFixture<DatabaseServer>
{
    [Fact]
    public async Task Changed_passwords_are_taken_over()
    {
        var database = await server.CreateDatabaseAsync("passwords", Cancel);
        await server.MigrateAsync(database, Cancel);
        var changed = server.WorkerSettings(database) with { OwnerPassword = "it's; \"new\" \\ for the owner", AppPassword = "ünd für die App" };

        (await WorkerProcess.RunAsync(changed, Cancel)).RequireSuccess();

        Assert.Equal("tp_owner", await With(database.Owner, changed.OwnerPassword!).ScalarAsync<string>("select current_user::text"));
        Assert.Equal("tp_app", await With(database.App, changed.AppPassword!).ScalarAsync<string>("select current_user::text"));
        foreach (var former in new[] { database.Owner, database.App })
            await Assert.ThrowsAsync<PostgresException>(() => former.ScalarAsync<int>("select 1"));
    }

    [Fact]
    public async Task A_wrong_password_of_the_administrator_is_said_and_not_repeated()
    {
        var settings = server.WorkerSettings(server.Database("never"));

        var result = await WorkerProcess.RunAsync(
            settings with { AdminConnectionString = With(settings.AdminConnectionString!, "wrong-password") }, Cancel);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("password authentication failed for user \"postgres\"", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Waiting for PostgreSQL", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", result.Output, StringComparison.Ordinal);
    }

    private static string With(string access, string password) =>
        new NpgsqlConnectionStringBuilder(access) { Password = password }.ConnectionString;
}
