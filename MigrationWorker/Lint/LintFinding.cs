namespace TenantPlatform.MigrationWorker.Lint;

/// <param name="Migration">As EF knows it.</param>
/// <param name="Operation">What is dangerous, in a few words.</param>
/// <param name="Accepted">Why the risk is taken, or null when nobody has said so.</param>
internal sealed record LintFinding(LintRule Rule, string Migration, string Operation, string? Accepted)
{
    public override string ToString() =>
        $"{Rule.Id}: {Migration}: {Operation}: {(Accepted is null ? $"{Rule.Why} {Rule.SafeForm}" : $"accepted: {Accepted}")}";
}
