using Npgsql;
using TenantPlatform.MigrationWorker.Verify;

namespace TenantPlatform.Schema.Tests;

[Collection(DatabaseCopies.Collection)]
public sealed class LedgerCheckTests(DatabaseCopies databases)
{
    private const string Id = "3f0c9c8e-52fd-4b2b-9d5c-0d7f7f0a9b11";
    private const string Tenant = $"insert into platform.tenants (id, key, slug, name, placement) values ('{Id}', 'k3y0fs0me0ne', 'alone', 'Alone', 'dedicated');";
    private const string Row = $"insert into platform.tenant_schemas (name, tenant_id, applied_migration) values ('tenant_k3y0fs0me0ne', '{Id}', 'Latest');";
    private const string Built = $"{Tenant} {Row} create schema tenant_k3y0fs0me0ne;";

    [Theory]
    [InlineData(Built)]
    [InlineData("create schema spare_0123456789; insert into platform.tenant_schemas (name, applied_migration) values ('spare_0123456789', 'Latest')")]
    [InlineData($"{Tenant} update platform.tenants set status = 'provisioning'")]
    [InlineData($"{Built} update platform.tenants set placement = 'pooled'; insert into platform.tenant_moves (id, tenant_id, source, target) values (gen_random_uuid(), '{Id}', 'pooled', 'dedicated')")]
    public async Task What_agrees_is_no_problem(string change) => Assert.Empty(await FindProblemsAsync(change));

    [Theory]
    [InlineData("create schema tenant_leftover00", "schema tenant_leftover00 is not in the ledger")]
    [InlineData("create schema spare_leftover00", "schema spare_leftover00 is not in the ledger")]
    [InlineData($"{Tenant} {Row}", "schema tenant_k3y0fs0me0ne is in the ledger, migrated up to Latest, and does not exist")]
    [InlineData("insert into platform.tenant_schemas (name, applied_migration) values ('spare_0123456789', 'Latest')", "schema spare_0123456789 is in the ledger")]
    [InlineData($"{Built} update platform.tenant_schemas set applied_migration = null", "schema tenant_k3y0fs0me0ne exists, and the ledger says that it has not been built", "tenant k3y0fs0me0ne is dedicated and active")]
    [InlineData(Tenant, "tenant k3y0fs0me0ne is dedicated and active, and has no schema")]
    [InlineData($"{Built} update platform.tenants set placement = 'pooled'", "tenant k3y0fs0me0ne is pooled, is not being moved, and still has schema tenant_k3y0fs0me0ne")]
    [InlineData($"{Built} alter schema tenant_k3y0fs0me0ne rename to tenant_an0therkey; update platform.tenant_schemas set name = 'tenant_an0therkey'", "schema tenant_an0therkey is that of tenant k3y0fs0me0ne")]
    public async Task What_disagrees_is_said(string change, params string[] sentences)
    {
        var problems = await FindProblemsAsync(change);

        Assert.Equal(sentences.Length, problems.Count);
        Assert.All(problems.Zip(sentences), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> FindProblemsAsync(string change)
    {
        await using var owner = await Sql.OpenAsync(databases.Spare.Owner);
        await using NpgsqlTransaction transaction = await owner.BeginTransactionAsync(Cancel);
        await owner.ExecuteAsync(change);
        return await LedgerCheck.FindProblemsAsync(owner, null, Cancel);
    }
}
