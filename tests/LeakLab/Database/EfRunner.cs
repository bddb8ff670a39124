using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Database;

/// <summary>Runs the matrix through EF, whose interceptor brings the context: reads in one round trip, writes in a transaction.</summary>
internal sealed class EfRunner(bool keep)
{
    /// <summary>The statement as SQL that EF passes on.</summary>
    public Task<Outcome> RunSqlAsync(TenancyDbContext db, Subject subject, LabAction action, CancellationToken cancellationToken) =>
        RunAsync(db, action, async () => action.Kind switch
        {
            StatementKind.Query => new Outcome(await EntityAccess.Of(subject.Guarded).QueryAsync(db, Format(action.Sql(subject)), cancellationToken)),
            StatementKind.Command or StatementKind.Utility => await ExecuteAsync(db, subject, action, cancellationToken),
            _ => await StatementRunner.ExecuteAsync((NpgsqlConnection)db.Database.GetDbConnection(), subject, action, cancellationToken),
        }, cancellationToken);

    /// <summary>In a transaction unless it only reads; errors of the database are its outcome.</summary>
    public async Task<Outcome> RunAsync(TenancyDbContext db, LabAction action, Func<Task<Outcome>> run, CancellationToken cancellationToken)
    {
        try
        {
            if (action.Name is "select" or "lock row")
                return await run();

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

            // Without it the application itself refuses some of these statements, so the attacker does as it is told.
            db.Announce(AccessChange.OfUser(Guid.NewGuid()));
            var outcome = await run();
            await (keep ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
            return outcome;
        }
        catch (PostgresException e)
        {
            return new Outcome(0, e);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Outcome(0);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException refusal)
        {
            return new Outcome(0, refusal);
        }
    }

    private static async Task<Outcome> ExecuteAsync(TenancyDbContext db, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        var written = await db.Database.ExecuteSqlRawAsync(Format(action.Sql(subject)), cancellationToken);
        return new Outcome(action.Kind == StatementKind.Utility ? 1 : written);
    }

    // EF reads braces as the places of parameters.
    private static string Format(string sql) =>
        sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
