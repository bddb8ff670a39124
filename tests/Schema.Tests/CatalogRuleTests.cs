using Npgsql;

namespace TenantPlatform.Schema.Tests;

[Collection(DatabaseCopies.Collection)]
public sealed class CatalogRuleTests(DatabaseCopies databases)
{
    public static TheoryData<string> Rules => [.. All.Keys];

    private static Dictionary<string, CatalogRule> All { get; } = CitusRules.All.Concat(IndexRules.All).ToDictionary(rule => rule.Name);

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_schema_keeps_to(string rule)
    {
        await using var admin = await Sql.OpenAsync(databases.Spare.Admin);

        var violations = await admin.ReadLinesAsync(All[rule].Violations);

        Assert.True(violations.Count == 0, $"Not so: {rule}: {string.Join(' ', violations)}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_breach_is_noticed_of(string rule)
    {
        await using var admin = await Sql.OpenAsync(databases.Spare.Admin);
        await using NpgsqlTransaction rolledBack = await admin.BeginTransactionAsync(Cancel);
        await admin.ExecuteAsync(All[rule].Breach);

        Assert.NotEmpty(await admin.ReadLinesAsync(All[rule].Violations));
    }
}
