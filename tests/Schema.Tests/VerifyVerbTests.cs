using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.Schema.Tests;

[Collection(DatabaseCopies.Collection)]
public sealed class VerifyVerbTests(DatabaseFixture server, DatabaseCopies databases)
{
    private const string Spare = "spare_0123456789";

    private static readonly TenantPlaneSteps Steps = new(Migrator.TenantDb("Host=localhost"));

    [Theory]
    [InlineData("select 1", 0, "and all 1 schemas of single tenants")]
    [InlineData($"grant usage on schema {Spare} to tp_app", 1, $"grant of usage to tp_app on {Spare} is in the database")]
    [InlineData($"alter table {Spare}.todos disable row level security", 1, $"rls-off: {Spare}.todos")]
    [InlineData("update platform.tenant_schemas set error = 'no luck', failures = 1", 3, $"{Spare} is in quarantine: no luck")]
    public async Task The_exit_code_tells_what_was_found(string change, int exitCode, string line)
    {
        var database = await databases.CopyAsync();
        await using (var owner = await Sql.OpenAsync(database.Owner))
        {
            await using var transaction = await owner.BeginTransactionAsync(Cancel);
            await new SchemaBuilder(Steps).BuildAsync(owner, Spare, null, Cancel);
            await SchemaLedger.AddAsync(owner, Spare, null, Steps.Latest, Cancel);
            await owner.ExecuteAsync(change);
            await transaction.CommitAsync(Cancel);
        }

        var result = await RunAsync(database, "verify", "--all");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(line, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_that_nobody_knows_is_said()
    {
        var result = await RunAsync(databases.Spare, "verify", "--tenant", "nobody");

        Assert.Equal((1, "There is no tenant with the id, key or slug 'nobody'."), (result.ExitCode, result.Output));
    }

    private Task<WorkerResult> RunAsync(TestDatabase database, params string[] arguments) =>
        WorkerProcess.RunAsync(server.Server.WorkerSettings(database) with { Arguments = arguments }, Cancel);
}
