using Npgsql;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>What a move consists of: build, copy, prove, flip, clean up. Under the lock of a <see cref="MoverSession"/>.</summary>
internal sealed class MovePhases
{
    private readonly TenantPlaneSteps steps;
    private readonly SchemaBuilder builder;
    private readonly IReadOnlyList<MoveTable> tables;
    private readonly SameTables same;
    private readonly PlaceRemoval removal;
    private readonly MoveCheck check;
    private readonly Copying copying;
    private readonly Flip flip;

    public MovePhases(TenantPlaneSteps steps, SchemaBuilder builder)
    {
        (this.steps, this.builder, tables) = (steps, builder, MoveTable.PrincipalsFirst(steps.Model.Tables));
        var catchUp = new CatchUp(tables);
        (same, removal, check) = (new(steps), new(tables), new(tables));
        copying = new(tables, catchUp, same);
        flip = new(catchUp, copying, same, check);
    }

    /// <summary>From the phase in which it is to its end.</summary>
    public async Task<MoveReport> AdvanceAsync(MoverSession session, MovingTenant tenant, MoveEntry move, Action<MoveProgress> watch, CancellationToken cancellationToken)
    {
        var report = new MoveReport(tenant, move.Source, move.Target) { Outcome = MoveOutcome.Moved };

        if (move.Phase == TenantMovePhase.Building || await IsTooOldAsync(session, move, cancellationToken))
        {
            watch(new("building", null, 0, 0));
            await BuildAsync(session, tenant, move, cancellationToken);
            move = move with { Phase = TenantMovePhase.Copying, CopiedUpTo = null };
        }

        if (move.Phase == TenantMovePhase.Copying)
        {
            await CopyAndFlipAsync(session, tenant, move, report, watch, cancellationToken);
        }

        watch(new("cleaning up", null, 0, 0));
        using var activity = DatabaseSetup.Activities.StartActivity("clean up");
        await removal.RemoveAsync(
            session, tenant, move.Source, cancel => MoveJournal.DoneAsync(session, move, report.Pause?.TotalMilliseconds, cancel), cancellationToken);
        return report;
    }

    /// <summary>Before the flip only.</summary>
    public async Task UndoAsync(MoverSession session, MovingTenant tenant, MoveEntry move, CancellationToken cancellationToken)
    {
        // Said first: whoever goes on with a move of which a part is already gone must build the target anew.
        await MoveJournal.RestartAsync(session, move, cancellationToken);
        await removal.RemoveAsync(session, tenant, move.Target, cancel => MoveJournal.CancelledAsync(session, move, cancel), cancellationToken);
    }

    /// <summary>What there is to move; changes nothing.</summary>
    public async Task<MoveReport> DescribeAsync(MoverSession session, MovingTenant tenant, string target, CancellationToken cancellationToken)
    {
        var route = Route(tenant, tenant.Placement, target);
        var report = new MoveReport(tenant, tenant.Placement, target)
        {
            Outcome = tenant.Placement == target ? MoveOutcome.AlreadyThere : MoveOutcome.WouldMove,
        };

        foreach (var table in tables)
        {
            report.Tables[table.Name] = await session.ScalarAsync<long>(route.CountAtSource(table), [tenant.Id], cancellationToken);
        }

        return report;
    }

    private async Task BuildAsync(MoverSession session, MovingTenant tenant, MoveEntry move, CancellationToken cancellationToken)
    {
        using var activity = DatabaseSetup.Activities.StartActivity("build");

        // What an earlier attempt left, of which nobody knows how complete it is.
        await removal.RemoveAsync(session, tenant, move.Target, cancel => MoveJournal.RestartAsync(session, move, cancel), cancellationToken);
        await LockRetry.RunAsync(
            session.Connection,
            async cancel =>
            {
                await same.RequireAsync(session, tenant.Id, cancel);

                if (move.Target == TenantPlacement.Dedicated)
                {
                    await BuildSchemaAsync(session.Connection, tenant, cancel);
                }

                await MoveJournal.BuiltAsync(session, move, cancel);
                return true;
            },
            cancellationToken);
    }

    // A spare one is there at once, and its references to tables that all tenants share are made.
    private async Task BuildSchemaAsync(NpgsqlConnection owner, MovingTenant tenant, CancellationToken cancellationToken)
    {
        var schema = SchemaLedger.NameFor(tenant.Key);

        if (await SchemaLedger.ClaimSpareAsync(owner, steps.Latest, cancellationToken) is { } spare)
        {
            await SchemaBuilder.AdoptAsync(owner, spare, schema, tenant.Id, cancellationToken);
            await SchemaLedger.AdoptAsync(owner, spare, schema, tenant.Id, cancellationToken);
            return;
        }

        await builder.BuildAsync(owner, schema, tenant.Id, cancellationToken);
        await SchemaLedger.AddAsync(owner, schema, tenant.Id, steps.Latest, cancellationToken);
    }

    private async Task CopyAndFlipAsync(
        MoverSession session, MovingTenant tenant, MoveEntry move, MoveReport report, Action<MoveProgress> watch, CancellationToken cancellationToken)
    {
        var route = Route(tenant, move.Source, move.Target);
        var mark = await copying.RunAsync(session, route, move, report, watch, cancellationToken);
        watch(new("verifying", null, 0, 0));

        if (await check.FindUnlikeAsync(session, route, mark, cancellationToken) is { Count: > 0 } problems)
        {
            throw new MoveDiffersException(tenant, problems);
        }

        watch(new("flipping", null, 0, 0));
        await flip.RunAsync(session, route, move, mark, report, cancellationToken);
    }

    // Left alone for a billion transactions, or the database was restored elsewhere and counts anew: then no age can be trusted.
    private static async Task<bool> IsTooOldAsync(MoverSession session, MoveEntry move, CancellationToken cancellationToken) =>
        move is { Phase: TenantMovePhase.Copying, CopiedUpTo: { } mark }
        && await session.ScalarAsync<long>(SnapshotMark.Now, [], cancellationToken) - mark.Value is < 0 or > SnapshotMark.Oldest;

    private static MoveRoute Route(MovingTenant tenant, string source, string target) =>
        new(tenant, MoveRoute.SchemaFor(source, tenant.Key), MoveRoute.SchemaFor(target, tenant.Key));
}
