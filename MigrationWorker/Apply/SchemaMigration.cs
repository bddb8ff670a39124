using System.Diagnostics;
using Npgsql;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>Brings one schema to this release: a transaction for each step, tried again while others hold locks, and quarantine at the end of patience.</summary>
/// <param name="database">tp_owner's.</param>
internal sealed class SchemaMigration(NpgsqlDataSource database, TenantPlaneSteps steps, ApplyOptions options, ILogger logger)
{
    private readonly PendingSchemas pending = new(steps);

    /// <exception cref="InvalidOperationException">The server could not go on; the schema is as it was before the step.</exception>
    public async Task<SchemaResult> RunAsync(string schema, CancellationToken cancellationToken)
    {
        for (var (applied, busy) = (0, 0); ; applied++)
        {
            var step = await TryStepAsync(schema, cancellationToken);
            busy += step.Busy;

            if (step.Outcome is not Outcome.Applied)
            {
                return new(applied > 0, step.Outcome is Outcome.Failed, busy);
            }
        }
    }

    private async Task<StepResult> TryStepAsync(string schema, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            string? applied = null;
            try
            {
                return new(await AdvanceAsync(schema, claim => applied = claim.Applied, cancellationToken), attempt - 1);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                switch (Faults.Judge(e))
                {
                    case Fault.Server:
                        throw new InvalidOperationException(
                            $"The server failed while {schema} was migrated. What is done is done: run 'apply' again to go on. It said: {e.Message}", e);
                    case Fault.Busy when attempt < options.Attempts:
                        ApplyTelemetry.LostWait();
                        await Task.Delay(Pause(attempt), cancellationToken);
                        continue;
                }

                await QuarantineAsync(schema, applied, e, cancellationToken);
                return new(Outcome.Failed, Faults.Judge(e) is Fault.Busy ? attempt : attempt - 1);
            }
        }
    }

    private async Task<Outcome> AdvanceAsync(string schema, Action<Claim> claimed, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        if (await pending.ClaimAsync(connection, schema, cancellationToken) is not { } claim)
        {
            return Outcome.NotPending;
        }

        claimed(claim);
        var step = steps.After(claim.Applied)[0];
        using var span = ApplyTelemetry.StartSchema(claim, step.Id);
        try
        {
            await ApplyAsync(connection, claim, step, cancellationToken);
            await SchemaLedger.RecordAsync(connection, schema, step.Id, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }

        ApplyTelemetry.Done(Stopwatch.GetElapsedTime(started));
        return Outcome.Applied;
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Claim claim, MigrationStep step, CancellationToken cancellationToken)
    {
        await using (var limit = new NpgsqlCommand($"set local lock_timeout = {options.LockTimeoutMilliseconds}", connection))
        {
            await limit.ExecuteNonQueryAsync(cancellationToken);
        }

        if (step.IsTransactional)
        {
            await SchemaBuilder.ApplyAsync(connection, claim.Schema, claim.TenantId, step, cancellationToken);
            return;
        }

        // The claim's transaction waits meanwhile, and has no snapshot that the index would have to wait for.
        await using (var outside = await database.OpenConnectionAsync(cancellationToken))
        {
            await ConcurrentIndexes.RunAsync(outside, claim.Schema, step, cancellationToken);
        }

        await SchemaBuilder.FinishAsync(connection, claim.Schema, claim.TenantId, cancellationToken);
    }

    private async Task QuarantineAsync(string schema, string? applied, Exception error, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await SchemaLedger.QuarantineAsync(connection, schema, applied, error.Message, cancellationToken);
        ApplyTelemetry.Failed();
        logger.LogError("{Schema} is in quarantine: {Reason}", schema, error.Message);
    }

    // Half to one and a half of what doubles each time, so that those who met once do not meet again.
    private TimeSpan Pause(int attempt) =>
        TimeSpan.FromMilliseconds(options.RetryMilliseconds * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble()));

    private enum Outcome
    {
        Applied,
        NotPending,
        Failed,
    }

    private readonly record struct StepResult(Outcome Outcome, int Busy);
}

/// <param name="Advanced">Whether it had at least one step.</param>
/// <param name="Failed">Whether it is in quarantine now.</param>
/// <param name="Busy">How many waits for locks were given up.</param>
internal readonly record struct SchemaResult(bool Advanced, bool Failed, int Busy);
