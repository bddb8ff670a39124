using Npgsql;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>
/// Brings every schema that the ledger says is behind to this release, wave after wave. Several workers may do so at once:
/// a row of the ledger, locked, is a schema taken. One that dies leaves nothing to repair.
/// </summary>
/// <param name="ownerConnectionString">tp_owner's.</param>
internal sealed class SchemaWaves(string ownerConnectionString, TenantPlaneSteps steps, ApplyOptions options, ILogger logger)
{
    private readonly PendingSchemas pending = new(steps);
    private readonly WavePlan plan = new(steps, options);

    /// <exception cref="InvalidOperationException">Another build's migration is in the ledger, or the server failed; run it again when that is mended.</exception>
    public async Task<ApplyOutcome> RunAsync(ApplyProgress progress, CancellationToken cancellationToken)
    {
        await using var database = CreateDataSource();
        await using var control = await database.OpenConnectionAsync(cancellationToken);
        var state = await pending.CountAsync(control, cancellationToken);
        state.Require();

        if (state.Pending == 0)
        {
            return new(steps.Latest, 0, 0, state.Quarantined == 0 ? [] : await pending.QuarantinedAsync(control, cancellationToken), null);
        }

        steps.All.ToList().ForEach(ConcurrentIndexes.Require);
        await JoinAsync(control, cancellationToken);
        progress.Begin(state.Pending);
        var run = new WaveRun(database, control, steps, options, progress, logger);
        try
        {
            return await RunWavesAsync(control, run, cancellationToken);
        }
        finally
        {
            progress.End();
        }
    }

    /// <summary>Lets schemas out of quarantine, so that the next run tries them again.</summary>
    /// <param name="tenantId">Whose; null for all.</param>
    public async Task<int> ReleaseAsync(Guid? tenantId, CancellationToken cancellationToken)
    {
        await using var owner = new NpgsqlConnection(ownerConnectionString);
        await owner.OpenAsync(cancellationToken);
        return await pending.ReleaseAsync(owner, tenantId, cancellationToken);
    }

    private async Task<ApplyOutcome> RunWavesAsync(NpgsqlConnection control, WaveRun run, CancellationToken cancellationToken)
    {
        string? stopped = null;

        while (stopped is null && await pending.LowestWaveAsync(control, cancellationToken) is { } wave)
        {
            ApplyTelemetry.Pending((await pending.CountAsync(control, cancellationToken)).Pending);
            stopped = await run.RunAsync(wave, cancellationToken);
        }

        var left = (await pending.CountAsync(control, cancellationToken)).Pending;
        ApplyTelemetry.Pending(left);
        return new(steps.Latest, run.Migrated, left, await pending.QuarantinedAsync(control, cancellationToken), left > 0 ? stopped : null);
    }

    private async Task JoinAsync(NpgsqlConnection control, CancellationToken cancellationToken)
    {
        // Not of a pool, which would keep the lock with the connection.
        await using var planner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false }.ConnectionString);
        await planner.OpenAsync(cancellationToken);
        await WorkerLock.TakeAsync(planner, logger, cancellationToken);

        if (!await RunLock.JoinAsync(control, cancellationToken))
        {
            logger.LogInformation("Another worker is migrating schemas of their own; helping it");
            return;
        }

        await plan.AssignAsync(control, (await pending.CountAsync(control, cancellationToken)).Pending, cancellationToken);
    }

    private NpgsqlDataSource CreateDataSource()
    {
        // A migration takes as long as it takes.
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(ownerConnectionString)
        {
            Pooling = true,
            MaxPoolSize = 2 * options.Parallel + 1,
            CommandTimeout = 0,
            TcpKeepAlive = true,
        }.ConnectionString);

        // The types of a thousand schemas are not of interest, and reading them would take long.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));

        // A span for each schema is enough; one for each statement in it would bury the trace.
        builder.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => false).ConfigureBatchFilter(_ => false));
        return builder.Build();
    }
}
