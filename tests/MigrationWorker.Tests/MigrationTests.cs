using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests;

public sealed class MigrationTests(DatabaseServer server) : IClassFixture<DatabaseServer>
{
    [Fact]
    public async Task An_empty_database_is_migrated()
    {
        var database = await server.CreateDatabaseAsync("empty", Cancel);

        var result = await WorkerProcess.RunAsync(server.WorkerSettings(database), Cancel);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Database is ready", result.Output, StringComparison.Ordinal);
        Assert.Equal(0L, await database.App.ScalarAsync<long>("select count(*) from pooled.todos"));
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_created()
    {
        var database = server.Database("Made by \"the\" worker");

        var result = await WorkerProcess.RunAsync(server.WorkerSettings(database), Cancel);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(database.Name, await database.App.ScalarAsync<string>("select current_database()::text"));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var database = await server.CreateDatabaseAsync("twice", Cancel);
        await server.MigrateAsync(database, Cancel);
        var before = await CatalogFingerprint.OfAsync(database);

        await server.MigrateAsync(database, Cancel);

        Assert.Equal(before, await CatalogFingerprint.OfAsync(database));
    }

    [Fact]
    public async Task Two_workers_at_once_take_turns()
    {
        var database = await server.CreateDatabaseAsync("contended", Cancel);
        var settings = server.WorkerSettings(database);

        var results = await Task.WhenAll(WorkerProcess.RunAsync(settings, Cancel), WorkerProcess.RunAsync(settings, Cancel));

        Assert.All(results, result => Assert.Equal(0, result.ExitCode));
        Assert.Single(results, result => result.Output.Contains("Applied migration", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Workers_of_several_databases_at_once_share_the_roles_of_a_new_server()
    {
        await using var fresh = new DatabaseServer();
        await fresh.InitializeAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(n =>
            WorkerProcess.RunAsync(fresh.WorkerSettings(fresh.Database($"side_by_side_{n}")), Cancel)));

        Assert.All(results, result => result.RequireSuccess());
    }

    [Fact]
    public async Task A_grant_that_somebody_took_away_is_given_back()
    {
        var database = await server.CreateDatabaseAsync("repaired", Cancel);
        await server.MigrateAsync(database, Cancel);
        await database.Admin.ExecuteAsync("revoke all on pooled.todos from tp_app");

        await server.MigrateAsync(database, Cancel);

        Assert.Equal(0L, await database.App.ScalarAsync<long>("select count(*) from pooled.todos"));
    }

    [Fact]
    public async Task A_database_whose_isolation_somebody_broke_is_refused_with_every_finding()
    {
        var database = await server.CreateDatabaseAsync("broken", Cancel);
        await server.MigrateAsync(database, Cancel);
        await database.Admin.ExecuteAsync("alter table pooled.todos disable row level security; drop policy read on platform.users; drop policy add on platform.users; drop policy change on platform.users");

        var result = await WorkerProcess.RunAsync(server.WorkerSettings(database), Cancel);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("rls-off: pooled.todos:", result.Output, StringComparison.Ordinal);
        Assert.Contains("policy-missing: platform.users:", result.Output, StringComparison.Ordinal);
    }
}
