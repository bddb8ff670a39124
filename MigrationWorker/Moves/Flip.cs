using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>
/// The moment in which the tenant changes its place: one transaction behind the tenant's fence, the lock that tenancy.enter takes in its
/// shared form. Who comes while we wait for that lock waits with us, so we wait briefly, give way, and try again at another moment.
/// </summary>
internal sealed class Flip(CatchUp catchUp, Copying copying, SameTables same, MoveCheck check)
{
    private const int Tries = 40;

    // More would keep the tenant waiting: then they are caught up with first, while it works on.
    private const long MaximumRows = 5000;

    private static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    /// <exception cref="MoveRefusedException">The tenant was never at rest, or the last catch-up did not prove right.</exception>
    public async Task RunAsync(MoverSession session, MoveRoute route, MoveEntry move, SnapshotMark mark, MoveReport report, CancellationToken cancellationToken)
    {
        var (patience, rest) = (FirstPatience, FirstPatience);

        for (report.FenceTries = 1; ; report.FenceTries++)
        {
            using var activity = DatabaseSetup.Activities.StartActivity("flip");

            if (await TryAsync(session, route, move, mark, patience, report, cancellationToken))
            {
                return;
            }

            if (report.FenceTries == Tries)
            {
                throw new MoveRefusedException(await DescribeHoldersAsync(session, route.Tenant, cancellationToken));
            }

            await Task.Delay(rest * (0.5 + Random.Shared.NextDouble()), cancellationToken);
            (patience, rest) = (Longer(patience, LongestPatience), Longer(rest, LongestRest));
            (mark, _) = await copying.CatchUpAsync(session, route, move, mark, report, cancellationToken);
        }
    }

    private async Task<bool> TryAsync(
        MoverSession session, MoveRoute route, MoveEntry move, SnapshotMark mark, TimeSpan patience, MoveReport report, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await session.Connection.BeginAsync(cancellationToken);
            await session.ExecuteAsync(
                string.Create(CultureInfo.InvariantCulture, $"set local lock_timeout = {patience.TotalMilliseconds:0}"), [], cancellationToken);
            await same.RequireAsync(session, route.Tenant.Id, cancellationToken);
            var asked = Stopwatch.GetTimestamp();
            await FenceAsync(session, route.Tenant, move, cancellationToken);
            var last = await catchUp.RunAsync(session, route, mark, MaximumRows, cancellationToken);

            if (!last.IsWithinLimit)
            {
                return false;
            }

            await RequireAlikeAsync(session, route, last, cancellationToken);
            await ChangePlacementAsync(session, route.Tenant, move, Stopwatch.GetElapsedTime(asked), last.Rows, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            report.Pause = Stopwatch.GetElapsedTime(asked);
            report.RowsCaughtUp += last.Rows;
            return true;
        }
        catch (PostgresException e) when (Conflicts.IsOne(e))
        {
            return false;
        }
    }

    private static async Task FenceAsync(MoverSession session, MovingTenant tenant, MoveEntry move, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended($1::text, 0))", [tenant.Id], cancellationToken);
        var placement = await session.ScalarAsync<string>("select placement from platform.tenants where id = $1 for no key update", [tenant.Id], cancellationToken);

        if (placement != move.Source)
        {
            throw new MoveRefusedException(placement is null
                ? $"Tenant {tenant.Key} was purged meanwhile: there is nothing left to move."
                : $"Tenant {tenant.Key} was made {placement} by somebody else meanwhile: see platform.tenant_moves, and cancel this move.");
        }
    }

    private async Task RequireAlikeAsync(MoverSession session, MoveRoute route, CaughtUp last, CancellationToken cancellationToken)
    {
        if (await check.FindUnlikeAsync(session, route, last, cancellationToken) is { Count: > 0 } problems)
        {
            throw new MoveDiffersException(route.Tenant, problems);
        }
    }

    // Neither version nor updated: for the tenant's people nothing has changed.
    private static async Task ChangePlacementAsync(
        MoverSession session, MovingTenant tenant, MoveEntry move, TimeSpan pause, long rows, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("update platform.tenants set placement = $2 where id = $1", [tenant.Id, move.Target], cancellationToken);
        await MoveJournal.FlippedAsync(session, move, pause.TotalMilliseconds, rows, cancellationToken);
        await session.ExecuteAsync(
            "select pg_notify($1, $2)", [AccessChangeNotification.Channel, AccessChange.OfTenant(tenant.Id).ToString()], cancellationToken);
    }

    private static async Task<string> DescribeHoldersAsync(MoverSession session, MovingTenant tenant, CancellationToken cancellationToken)
    {
        var holders = await session.ScalarAsync<string>(
            """
            select string_agg(format('process %s since %s', a.pid, to_char(a.xact_start, 'YYYY-MM-DD HH24:MI:SS TZ')), ', ' order by a.xact_start)
            from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.pid <> pg_backend_pid() and l.objsubid = 1
              and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1::text, 0)
            """,
            [tenant.Id],
            cancellationToken);
        return $"Tenant {tenant.Key} was never at rest for long enough to change its place{(holders is null ? "" : $" ({holders})")}: "
            + "let its long transactions end and run the same command again, which goes on from here, or cancel the move.";
    }

    private static TimeSpan Longer(TimeSpan time, TimeSpan longest) => time * 1.5 < longest ? time * 1.5 : longest;
}

/// <summary>The target is not what the source is. Nothing was flipped.</summary>
internal sealed class MoveDiffersException(MovingTenant tenant, IReadOnlyList<string> problems)
    : Exception($"The copy of tenant {tenant.Key} is not like the original ({string.Join(", ", problems)}): the tenant stays where it is.");
