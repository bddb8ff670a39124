namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>The DbContext that the victim has just given back, leased by the attacker.</summary>
internal sealed class PooledContextAttack() : Attack("pooled DbContext after another tenant")
{
    public override async Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        var former = Bench.Open(bench.App, subject.Guarded, subject.VictimContext);
        await using (former)
            await bench.Ef.RunSqlAsync(former, subject, LabAction.Select, cancellationToken);

        await using var db = Bench.Open(bench.App, subject.Guarded, subject.AttackerContext);
        if (!ReferenceEquals(former, db))
            return new Verdict.Void("the pool gave the attacker another DbContext than the victim had");
        if (db.ChangeTracker.Entries().Any())
            return new Verdict.Leaked("entities of the victim are still tracked");

        return (await bench.Ef.RunSqlAsync(db, subject, action, cancellationToken)).Judge(subject, action, isOwnContext: true);
    }
}
