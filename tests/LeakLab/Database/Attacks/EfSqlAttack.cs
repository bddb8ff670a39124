namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>SQL that EF passes on unread, in the attacker's own context.</summary>
internal sealed class EfSqlAttack() : Attack("raw SQL through EF")
{
    public override async Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        await using var db = Bench.Open(bench.App, subject.Guarded, subject.AttackerContext);
        return (await bench.Ef.RunSqlAsync(db, subject, action, cancellationToken)).Judge(subject, action, isOwnContext: true);
    }
}
