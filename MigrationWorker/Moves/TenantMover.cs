using System.Data;
using System.Diagnostics;
using Npgsql;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>
/// Changes the placement of tenants while they work. A move is a row of platform.tenant_moves: whoever is told to make the same move
/// again goes on from the phase that stands there, whenever the mover before died.
/// </summary>
internal sealed class TenantMover(Roles roles, MovePhases phases)
{
    /// <param name="name">Id, key or slug.</param>
    /// <param name="dry">Only says what would be moved.</param>
    /// <exception cref="MoveRefusedException">It cannot be moved, or not now.</exception>
    /// <exception cref="MoveDiffersException">The copy did not prove right, and was removed.</exception>
    public async Task<MoveReport> MoveAsync(string name, string target, bool dry, Action<MoveProgress> watch, CancellationToken cancellationToken)
    {
        await using var session = await MoverSession.OpenAsync(roles.OwnerConnectionString(), cancellationToken);
        var tenant = await RequireAsync(session, name, cancellationToken);
        var move = await MoveJournal.FindUnderWayAsync(session, tenant.Id, cancellationToken);

        if (dry)
        {
            return await phases.DescribeAsync(session, tenant, move?.Target ?? target, cancellationToken);
        }

        if (move is null && tenant.Placement == target)
        {
            return new(tenant, tenant.Placement, target) { Outcome = MoveOutcome.AlreadyThere };
        }

        if (move is not null && move.Target != target)
        {
            throw new MoveRefusedException($"Tenant {tenant.Key} is being moved to {move.Target}: finish that ('tenant move {tenant.Key} --to {move.Target}') or cancel it ('tenant move {tenant.Key} --cancel') first.");
        }

        await LockAsync(session, tenant, cancellationToken);
        return await AdvanceAsync(session, tenant.Id, target, watch, cancellationToken);
    }

    /// <summary>Goes on with every move that a mover left behind; those that another one works on are left to it. One that fails does not keep the others.</summary>
    public async Task<IReadOnlyList<MoveReport>> ResumeAsync(Action<MoveProgress> watch, CancellationToken cancellationToken)
    {
        await using var session = await MoverSession.OpenAsync(roles.OwnerConnectionString(), cancellationToken);
        var reports = new List<MoveReport>();

        foreach (var tenantId in await MoveJournal.TenantsUnderWayAsync(session, cancellationToken))
        {
            if (await session.TryLockAsync(tenantId, cancellationToken))
            {
                // Another one may have finished it while we waited.
                if (await MoveJournal.FindUnderWayAsync(session, tenantId, cancellationToken) is { } move)
                {
                    reports.Add(await ResumeAsync(session, tenantId, move, watch, cancellationToken));
                }

                await session.UnlockAsync(tenantId, cancellationToken);
            }
        }

        return reports;
    }

    /// <summary>Gives a move up and removes what it has brought to the target.</summary>
    /// <exception cref="MoveRefusedException">There is none, or the tenant works at the target already.</exception>
    public async Task<MoveReport> CancelAsync(string name, CancellationToken cancellationToken)
    {
        await using var session = await MoverSession.OpenAsync(roles.OwnerConnectionString(), cancellationToken);
        var tenant = await RequireAsync(session, name, cancellationToken);
        await LockAsync(session, tenant, cancellationToken);
        var move = await MoveJournal.FindUnderWayAsync(session, tenant.Id, cancellationToken)
            ?? throw new MoveRefusedException($"Tenant {tenant.Key} is not being moved: there is nothing to cancel.");

        if (move.Phase == TenantMovePhase.Cleaning)
        {
            throw new MoveRefusedException($"Tenant {tenant.Key} works at its new place already, only the old one has to be cleaned up: run 'tenant move {tenant.Key} --to {move.Target}', and move it back afterwards.");
        }

        await phases.UndoAsync(session, tenant, move, cancellationToken);
        return new(tenant, move.Source, move.Target) { Outcome = MoveOutcome.Cancelled };
    }

    private async Task<MoveReport> ResumeAsync(MoverSession session, Guid tenantId, MoveEntry move, Action<MoveProgress> watch, CancellationToken cancellationToken)
    {
        var tenant = await RequireAsync(session, tenantId.ToString(), cancellationToken);
        try
        {
            return await AdvanceAsync(session, tenantId, move.Target, watch, cancellationToken);
        }
        catch (Exception e) when (e is PostgresException or MoveRefusedException or MoveDiffersException && session.Connection.State == ConnectionState.Open)
        {
            return new(tenant, move.Source, move.Target) { Outcome = MoveOutcome.Failed, Problem = e.Message };
        }
    }

    private async Task<MoveReport> AdvanceAsync(MoverSession session, Guid tenantId, string target, Action<MoveProgress> watch, CancellationToken cancellationToken)
    {
        // Read again: both may have changed while we waited for the lock.
        var tenant = await RequireAsync(session, tenantId.ToString(), cancellationToken);
        var move = await MoveJournal.FindUnderWayAsync(session, tenantId, cancellationToken);

        if (move is null && tenant.Placement == target)
        {
            return new(tenant, tenant.Placement, target) { Outcome = MoveOutcome.AlreadyThere };
        }

        move ??= await MoveJournal.BeginAsync(session, tenantId, tenant.Placement, target, cancellationToken);
        using var activity = DatabaseSetup.Activities.StartActivity("move tenant")?.SetTag("tenant.id", tenantId.ToString()).SetTag("tenant.placement", target);
        try
        {
            return await phases.AdvanceAsync(session, tenant, move, watch, cancellationToken);
        }
        catch (Exception e) when (e is PostgresException or MoveRefusedException or MoveDiffersException && session.Connection.State == ConnectionState.Open)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            await MoveJournal.FailedAsync(session, move, e.Message, cancellationToken);

            if (e is MoveDiffersException)
            {
                await phases.UndoAsync(session, tenant, move, cancellationToken);
            }

            throw;
        }
    }

    private static async Task LockAsync(MoverSession session, MovingTenant tenant, CancellationToken cancellationToken)
    {
        if (!await session.TryLockAsync(tenant.Id, cancellationToken))
        {
            throw new MoveRefusedException($"Another worker is moving tenant {tenant.Key} at this moment: wait for it.");
        }
    }

    private static async Task<MovingTenant> RequireAsync(MoverSession session, string name, CancellationToken cancellationToken) =>
        await MovingTenant.FindAsync(session.Connection, name, cancellationToken) switch
        {
            null => throw new MoveRefusedException($"There is no tenant with the id, key or slug '{name}'."),
            { Status: TenantStatus.Provisioning } tenant => throw new MoveRefusedException($"Tenant {tenant.Key} is just being provisioned: move it when it is active."),
            var tenant => tenant,
        };
}
