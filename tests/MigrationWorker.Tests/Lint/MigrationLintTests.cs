using Microsoft.EntityFrameworkCore.Migrations;
using TenantPlatform.MigrationWorker.Lint;

namespace TenantPlatform.MigrationWorker.Tests.Lint;

public sealed class MigrationLintTests
{
    public static TheoryData<string> Rules => [.. LintRule.All.Select(rule => rule.Id)];

    [Fact]
    public void No_migration_of_ours_has_a_danger_that_nobody_accepted()
    {
        using var platform = Migrator.PlatformDb("Host=localhost");
        using var tenant = Migrator.TenantDb("Host=localhost");

        var findings = MigrationLint.Judge(LintedMigration.Of(platform)).Concat(MigrationLint.Judge(LintedMigration.Of(tenant))).ToList();

        Assert.Equal("", string.Join('\n', findings.Where(finding => finding.Accepted is null)));
        Assert.All(findings, finding => Assert.EndsWith(".", finding.Accepted, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_bad_form_is_found(string rule) =>
        Assert.All(LintExamples.Bad[rule], migration => Assert.Contains(rule, Judge(migration).Select(finding => finding.Rule.Id)));

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_safe_form_is_not(string rule) =>
        Assert.All(LintExamples.Safe[rule], migrations => Assert.Empty(Judge(migrations)));

    [Fact]
    public void An_accepted_risk_stays_in_the_list_with_its_reason()
    {
        var migration = new LintedMigration("1_Bad", LintExamples.Operations(m => m.RenameColumn("a", "todos", "b")), [new("rename", "No rows yet.")], []);

        var finding = Assert.Single(MigrationLint.Judge([migration]));

        Assert.Equal("rename: 1_Bad: renames column todos.a to b: accepted: No rows yet.", finding.ToString());
    }

    [Fact]
    public void A_finding_says_why_and_what_to_do_instead() => Assert.Equal(
        "drop-in-use: 1: drops column todos.a: Replicas of the release before still read and write it. "
        + "Stop using it in one release; drop it in the next, with [UnusedSince(\"table.column\", \"release\")] on the migration.",
        Assert.Single(Judge([m => m.DropColumn("a", "todos")])).ToString());

    private static IReadOnlyList<LintFinding> Judge(Action<MigrationBuilder>[] migrations) => MigrationLint.Judge(
        migrations.Index().Select(migration => new LintedMigration($"{migration.Index + 1}", LintExamples.Operations(migration.Item), [], LintExamples.Unused)));
}
