using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>A connection that no policy binds, as if somebody had configured the owner's: the query filter alone is left.</summary>
internal sealed class FilterAloneAttack() : Attack("query filter alone")
{
    public override bool Concerns(GuardedTable table, LabAction action) => table.IsTenantOwned && action.Name is ("select" or "update" or "delete");

    public override string? WhyNot(Bench bench, LabAction action) =>
        bench.Bypass is null ? "It takes a connection with BYPASSRLS, which nobody should have at hand for a deployment." : null;

    public override async Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        var rows = EntityAccess.Of(subject.Guarded);
        await using (var victim = Bench.Open(bench.Bypass!, subject.Guarded, subject.VictimContext))
        {
            if (await rows.SelectAsync(victim, subject.OwnerValue, filtered: true, cancellationToken) == 0)
                return new Verdict.Void("the victim's own query finds nothing");
        }

        await using var db = Bench.Open(bench.Bypass!, subject.Guarded, subject.AttackerContext);
        var seen = await new EfRunner(keep: false).RunAsync(db, action, () => TryAsync(rows, db, subject, action, cancellationToken), cancellationToken);
        return seen.Judge(subject, action, isOwnContext: true);
    }

    private static async Task<Outcome> TryAsync(
        EntityAccess rows, TenancyDbContext db, Subject subject, LabAction action, CancellationToken cancellationToken) => new(action.Name switch
        {
            "select" => await rows.SelectAsync(db, subject.OwnerValue, filtered: true, cancellationToken)
                + await rows.CountAmongAllAsync(db, subject.OwnerValue, cancellationToken),
            "update" => await rows.UpdateOwnerAsync(db, subject.OwnerValue, filtered: true, cancellationToken),
            _ => await rows.DeleteAsync(db, subject.OwnerValue, filtered: true, cancellationToken),
        });
}
