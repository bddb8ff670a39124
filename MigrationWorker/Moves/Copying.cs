using System.Diagnostics;
using Npgsql;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>
/// Brings the tenant's rows to the target while the tenant works on at the source. Transactions are short, so that neither vacuum nor
/// other workers wait for us; that they see different moments is mended by the catch-ups, which know by the mark what was written since.
/// </summary>
internal sealed class Copying(IReadOnlyList<MoveTable> tables, CatchUp catchUp, SameTables same)
{
    private const int Chunk = 5000;
    private const int MaximumCatchUps = 20;

    // So few that redoing them behind the fence takes a few milliseconds.
    private const long Few = 100;

    /// <returns>Up to where the target is like the source, but for a few rows.</returns>
    public async Task<SnapshotMark> RunAsync(MoverSession session, MoveRoute route, MoveEntry move, MoveReport report, Action<MoveProgress> watch, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var mark = move.CopiedUpTo ?? await BeginAsync(session, move, cancellationToken);

        foreach (var table in tables)
        {
            await CopyAsync(session, route, table, move, mark, report, watch, cancellationToken);
        }

        report.Copying = Stopwatch.GetElapsedTime(started);

        // Nobody has looked at new tables yet: the planner would take them for empty, here and in the tenant's first requests.
        foreach (var table in tables.Where(table => move.Target == TenantPlacement.Dedicated && report.Tables[table.Name] > 0))
        {
            await session.ExecuteAsync(route.Analyze(table), [], cancellationToken);
        }

        for (var round = 0; round < MaximumCatchUps; round++)
        {
            (mark, var rows) = await CatchUpAsync(session, route, move, mark, report, cancellationToken);
            watch(new("catching up", null, rows, rows));

            if (rows <= Few)
            {
                break;
            }
        }

        return mark;
    }

    /// <summary>Once, without a fence.</summary>
    public async Task<(SnapshotMark Mark, long Rows)> CatchUpAsync(
        MoverSession session, MoveRoute route, MoveEntry move, SnapshotMark mark, MoveReport report, CancellationToken cancellationToken)
    {
        using var activity = DatabaseSetup.Activities.StartActivity("catch up");
        var (next, rows) = (mark, 0L);
        await Conflicts.RetryAsync(
            async cancel =>
            {
                await same.RequireAsync(session, route.Tenant.Id, cancel);
                next = new(await session.ScalarAsync<long>(SnapshotMark.Now, [], cancel));
                rows = (await catchUp.RunAsync(session, route, mark, long.MaxValue, cancel)).Rows;
                await MoveJournal.CopiedAsync(session, move, next, rows, cancel);
            },
            session,
            cancellationToken);
        activity?.SetTag("tenant.rows", rows);
        report.CatchUps++;
        report.RowsCaughtUp += rows;
        return (next, rows);
    }

    // Known before the first row is read, so whatever changes while we read is seen by the first catch-up.
    private static async Task<SnapshotMark> BeginAsync(MoverSession session, MoveEntry move, CancellationToken cancellationToken)
    {
        var mark = new SnapshotMark(await session.ScalarAsync<long>(SnapshotMark.Now, [], cancellationToken));
        await MoveJournal.CopiedAsync(session, move, mark, 0, cancellationToken);
        return mark;
    }

    // By id, on from where a mover that died may have come to.
    private async Task CopyAsync(
        MoverSession session, MoveRoute route, MoveTable table, MoveEntry move, SnapshotMark mark, MoveReport report, Action<MoveProgress> watch, CancellationToken cancellationToken)
    {
        using var activity = DatabaseSetup.Activities.StartActivity($"copy {table.Name}");
        var total = await session.ScalarAsync<long>(route.CountAtSource(table), [route.Tenant.Id], cancellationToken);
        var last = await session.ScalarAsync<Guid>(route.LastAtTarget(table), [route.Tenant.Id], cancellationToken);
        var (copied, chunk) = (0L, 0L);

        do
        {
            (chunk, last) = await CopyChunkAsync(session, route, table, move, mark, last, cancellationToken);
            copied += chunk;
            report.RowsCopied += chunk;
            report.Tables[table.Name] = copied;
            watch(new("copying", table.Name, copied, total));
        }
        while (chunk == Chunk && !table.RefersToItself);

        activity?.SetTag("tenant.rows", copied);
    }

    private async Task<(long Rows, Guid Last)> CopyChunkAsync(
        MoverSession session, MoveRoute route, MoveTable table, MoveEntry move, SnapshotMark mark, Guid after, CancellationToken cancellationToken)
    {
        var (rows, last) = (0L, after);

        // Rows of a table that refers to itself may refer to any other of it, so all are copied at once.
        if (table.RefersToItself && after != default)
        {
            return (0, after);
        }

        await Conflicts.RetryAsync(
            async cancel =>
            {
                await same.RequireAsync(session, route.Tenant.Id, cancel);
                (rows, last) = await InsertAsync(session, route, table, after, cancel);
                await MoveJournal.CopiedAsync(session, move, mark, rows, cancel);
            },
            session,
            cancellationToken);
        return (rows, last);
    }

    private static async Task<(long Rows, Guid Last)> InsertAsync(MoverSession session, MoveRoute route, MoveTable table, Guid after, CancellationToken cancellationToken)
    {
        await using var copy = session.Command(route.CopyAfter(table, table.RefersToItself ? null : Chunk), [route.Tenant.Id, after]);
        await using NpgsqlDataReader copied = await copy.ExecuteReaderAsync(cancellationToken);
        await copied.ReadAsync(cancellationToken);
        return (copied.GetInt64(0), copied.IsDBNull(1) ? after : copied.GetGuid(1));
    }
}
