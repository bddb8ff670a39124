using Npgsql;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.Data.Tests.Isolation.Posture;

/// <summary>Breaks isolation in every way we could think of, one at a time, and expects to be told so.</summary>
[Collection(SpareDatabase.Collection)]
public sealed class PostureRuleTests(SpareDatabase spare)
{
    // No server at hand is this old; ServerVersionTests break it.
    private const string OutOfReach = "server-unsafe";

    public static TheoryData<string> Breaches => [.. ByText.Keys];

    private static Dictionary<string, Breach> ByText { get; } = Breach.All.ToDictionary(breach => breach.ToString());

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task A_breach_is_found_and_nothing_else(string text)
    {
        var breach = ByText[text];

        var findings = await FindAsync(breach.Sql, breach.Rule.StartsWith("serving-", StringComparison.Ordinal));

        Assert.Equal(breach.Also.Append(breach.Rule).Order(), findings.Select(finding => finding.Id).Distinct().Order());
        Assert.Equal(breach.Subject, findings.Where(finding => finding.Id == breach.Rule).Select(finding => finding.Subject).Distinct().Single());
    }

    [Fact]
    public void Every_rule_has_a_breach() =>
        Assert.Equal(PostureRules.All.Select(rule => rule.Id).Order(), Breach.All.Select(breach => breach.Rule).Append(OutOfReach).Distinct().Order());

    [Fact]
    public void Every_rule_says_what_must_hold_and_what_to_do() => Assert.All(PostureRules.All, rule =>
    {
        Assert.EndsWith(".", rule.Meaning, StringComparison.Ordinal);
        Assert.NotEmpty(rule.Remedy);
    });

    private async Task<IReadOnlyList<PostureFinding>> FindAsync(string breach, bool serving)
    {
        await using var connection = new NpgsqlConnection(spare.Database.Admin);
        await connection.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var command = new NpgsqlCommand(breach, connection);
        await command.ExecuteNonQueryAsync(Cancel);
        var report = serving
            ? await PostureCheck.RunForServiceAsync(connection, sample: null, Cancel)
            : await PostureCheck.RunAsync(connection, sample: null, Cancel);
        return report.Findings;
    }
}
