using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Tests.Schemas;

public sealed class LikenessTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private const string Spare = "spare_0123456789";

    private static readonly TenantPlaneSteps Steps = new(Migrator.TenantDb("Host=localhost"));

    [Theory]
    [InlineData("revoke delete on pooled.todos from tp_app")]
    [InlineData("alter table pooled.todos alter column title set statistics 50")]
    [InlineData("create policy owner_access on pooled.todos to tp_owner using (true) with check (true)")]
    public async Task A_schema_that_a_release_left_behind_is_found_until_it_is_finished(string change)
    {
        await using var owner = new NpgsqlConnection(fixture.OwnerConnectionString);
        await owner.OpenAsync(Cancel);
        await using var transaction = await owner.BeginTransactionAsync(Cancel);
        await new SchemaBuilder(Steps).BuildAsync(owner, Spare, null, Cancel);
        await SchemaLedger.AddAsync(owner, Spare, null, Steps.Latest, Cancel);
        Assert.DoesNotContain((Spare, null), await SchemaBuilder.FindUnlikePooledAsync(owner, Steps.Latest, Cancel));

        await using (var command = new NpgsqlCommand(change, owner))
            await command.ExecuteNonQueryAsync(Cancel);

        Assert.Contains((Spare, null), await SchemaBuilder.FindUnlikePooledAsync(owner, Steps.Latest, Cancel));
        await SchemaBuilder.FinishAsync(owner, Spare, null, Cancel);
        Assert.DoesNotContain((Spare, null), await SchemaBuilder.FindUnlikePooledAsync(owner, Steps.Latest, Cancel));
    }

    [Fact]
    public async Task A_release_that_changes_grants_alone_reaches_schemas_of_single_tenants()
    {
        var dedicated = await DedicatedTenant.CreateAsync(fixture);
        await fixture.OwnerConnectionString.ExecuteAsync($"revoke insert on {dedicated.Schema}.todos from tp_app; comment on schema {dedicated.Schema} is 'like pooled long ago'");

        (await WorkerProcess.RunAsync(fixture.Server.WorkerSettings(fixture.Server.Database("tenantplatform")), Cancel)).RequireSuccess();

        Assert.True(await fixture.OwnerConnectionString.ScalarAsync<bool>($"select has_table_privilege('tp_app', '{dedicated.Schema}.todos', 'insert')"));
    }
}
