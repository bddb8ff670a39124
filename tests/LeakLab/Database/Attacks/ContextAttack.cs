namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>A plain connection of tp_app, as an SQL injection has it, with contexts that are not the victim's.</summary>
internal sealed class ContextAttack(string name, Func<Subject, ContextMint?, IEnumerable<Entry>> entries) : Attack(name)
{
    public const string AnotherTenant = "another tenant";

    public override bool Concerns(GuardedTable table, LabAction action) =>
        action != LabAction.Guess || (Name == AnotherTenant && table.IsTenantOwned);

    public override async Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        await using var connection = await bench.Raw.OpenConnectionAsync(cancellationToken);
        var verdicts = new List<Verdict>();

        foreach (var entry in entries(subject, bench.Mint))
            verdicts.Add((await bench.Statements.RunAsync(connection, entry, subject, action, cancellationToken)).Judge(subject, action, Name == AnotherTenant));

        return verdicts.Worst();
    }
}
