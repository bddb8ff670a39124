using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>LINQ with the query filter ignored: the policies alone are left.</summary>
internal sealed class IgnoreQueryFiltersAttack() : Attack("IgnoreQueryFilters: policies alone")
{
    private const string NoEntity = "No row of the victim can be read here, so there is no entity to write with.";

    public override string? WhyNot(Bench bench, LabAction action) => action.Name is "select" or "insert" or "update" or "delete"
        ? null
        : "LINQ cannot say it; the cells with raw SQL through EF do.";

    public override async Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        var entity = action.Name is "insert" or "update" ? await FindTheirsAsync(bench, subject, cancellationToken) : null;
        if (entity is null && action.Name is ("insert" or "update"))
            return new Verdict.NotRun(NoEntity);

        await using var db = Bench.Open(bench.App, subject.Guarded, subject.AttackerContext);
        var rows = EntityAccess.Of(subject.Guarded);
        var outcome = await bench.Ef.RunAsync(db, action, async () => new Outcome(action.Name switch
        {
            "select" => await rows.SelectAsync(db, subject.OwnerValue, filtered: false, cancellationToken),
            "delete" => await rows.DeleteAsync(db, subject.OwnerValue, filtered: false, cancellationToken),
            "update" => await UpdateAsync(db, entity!, subject, cancellationToken),
            _ => await InsertAsync(db, entity!, cancellationToken),
        }), cancellationToken);
        return outcome.Judge(subject, action, isOwnContext: true);
    }

    private static async Task<object?> FindTheirsAsync(Bench bench, Subject subject, CancellationToken cancellationToken)
    {
        await using var db = Bench.Open(bench.Bypass ?? bench.App, subject.Guarded, subject.VictimContext);
        try
        {
            return await EntityAccess.Of(subject.Guarded).FindAsync(db, subject.OwnerValue, cancellationToken);
        }
        catch (Npgsql.PostgresException e) when (e.SqlState == Npgsql.PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }

    private static async Task<int> UpdateAsync(TenancyDbContext db, object entity, Subject subject, CancellationToken cancellationToken)
    {
        var entry = db.Attach(entity);
        entry.Property(subject.Guarded.Mapped(subject.Guarded.Changeable.Name).Name).IsModified = true;
        return await db.SaveChangesAsync(cancellationToken);
    }

    // With a key of its own, where the key is not the owner's.
    private static async Task<int> InsertAsync(TenancyDbContext db, object entity, CancellationToken cancellationToken)
    {
        var entry = db.Entry(entity);
        if (entry.Metadata.FindPrimaryKey()!.Properties.SingleOrDefault(property => property.Name == nameof(ITenantOwned.Id)) is { } id)
            entry.Property(id.Name).CurrentValue = Guid.CreateVersion7();

        entry.State = EntityState.Added;
        return await db.SaveChangesAsync(cancellationToken);
    }
}
