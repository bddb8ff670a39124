using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Schema;
using TenantPlatform.MigrationWorker;

namespace TenantPlatform.Schema.Tests;

[Collection(DatabaseCopies.Collection)]
public sealed class DedicatedSchemaTests(DatabaseCopies databases)
{
    private const string Dedicated = "tenant_k3y0fs0me0ne";

    private const string GrantsLikePooled = $"""
        select format('grant %s on {Dedicated}.%I to tp_app', g.privilege_type, c.relname)
        from pg_class c cross join lateral aclexplode(c.relacl) g
        where c.relnamespace = 'pooled'::regnamespace and g.grantee = 'tp_app'::regrole
        """;

    [Theory]
    [InlineData("select 1", "")]
    [InlineData(
        $"alter table {Dedicated}.todos alter column priority drop not null",
        $"{Dedicated}.todos.priority is nullable in the database, the model says not null")]
    [InlineData(
        $"alter table {Dedicated}.todos disable row level security",
        $"{Dedicated}.todos has row-level security off in the database, the model says row-level security on and forced")]
    [InlineData(
        $"revoke insert on {Dedicated}.todos from tp_app",
        $"grant of insert to tp_app on {Dedicated}.todos is missing in the database, the grants script has it (not grantable)")]
    public async Task A_tenant_that_lives_alone_is_verified_like_the_others(string change, string sentence)
    {
        var database = await databases.CopyAsync();
        await using var platform = Migrator.PlatformDb(database.Owner);
        await using var tenant = Migrator.TenantDb(database.Owner);
        await using var owner = await Sql.OpenAsync(database.Owner);
        await owner.ExecuteAsync($"create schema {Dedicated}; set search_path = {Dedicated}; {tenant.Database.GenerateCreateScript()}; reset search_path");
        await owner.ExecuteAsync($"grant usage on schema {Dedicated} to tp_app");

        foreach (var grant in await owner.ReadLinesAsync(GrantsLikePooled))
            await owner.ExecuteAsync(grant.Trim('(', ')', '"'));

        await owner.ExecuteAsync(change);
        var differences = await new SchemaVerifier(platform, tenant, SqlScript.Read(SchemaCheck.Grants))
            .FindDifferencesAsync(owner, ["pooled", Dedicated], Cancel);

        Assert.Equal(sentence, string.Join('\n', differences));
    }
}
