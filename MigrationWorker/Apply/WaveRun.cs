using System.Diagnostics;
using Npgsql;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>One worker's part in the waves: takes whatever of a wave is free, waits for what others hold, and knows when to stop.</summary>
internal sealed class WaveRun(
    NpgsqlDataSource database, NpgsqlConnection control, TenantPlaneSteps steps, ApplyOptions options, ApplyProgress progress, ILogger logger)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly PendingSchemas pending = new(steps);
    private readonly SchemaMigration migration = new(database, steps, options, logger);
    private int migrated;

    /// <summary>Schemas that this worker has brought to the release.</summary>
    public int Migrated => migrated;

    /// <returns>Why the run must end, or null when the wave is finished.</returns>
    public async Task<string?> RunAsync(int wave, CancellationToken cancellationToken)
    {
        var names = await pending.NamesAsync(control, wave, cancellationToken);
        var failed = await FailedAsync(wave, cancellationToken);
        var counts = new WaveCounts(wave, names.Length + failed.Count);
        using var span = ApplyTelemetry.StartWave(wave, counts.Size);
        progress.Wave(wave, counts.Size);

        while (true)
        {
            if (await JudgeAsync(counts, cancellationToken) is { } stopped)
            {
                span?.SetStatus(ActivityStatusCode.Error, stopped);
                return stopped;
            }

            if (names.Length == 0)
            {
                return null;
            }

            var before = counts.Handled;
            await TakeAsync(names, counts, cancellationToken);
            names = await pending.NamesAsync(control, wave, cancellationToken);

            if (names.Length > 0 && counts.Handled == before)
            {
                await Task.Delay(PollInterval * (0.5 + Random.Shared.NextDouble()), cancellationToken);
            }
        }
    }

    private async Task TakeAsync(string[] names, WaveCounts counts, CancellationToken cancellationToken)
    {
        // Workers who begin together would all ask for the same one next.
        Random.Shared.Shuffle(names);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };

        await Parallel.ForEachAsync(names, parallel, async (name, token) =>
        {
            if (!counts.Stop)
            {
                var result = await migration.RunAsync(name, token);
                counts.Add(result);
                await ReportAsync(result, counts, token);
            }
        });
    }

    private async Task ReportAsync(SchemaResult result, WaveCounts counts, CancellationToken cancellationToken)
    {
        if (result is { Advanced: true, Failed: false })
        {
            Interlocked.Increment(ref migrated);
            progress.Done();
        }
        else if (result.Failed)
        {
            progress.Failed();
        }

        // Asked after trouble only, so that a wave in which all goes well costs nothing more.
        if (result.Failed || result.Busy > 0)
        {
            counts.Stop = await JudgeAsync(counts, cancellationToken) is not null;
        }
    }

    // By the ledger rather than by what happened here: other workers' failures count as well.
    private async Task<string?> JudgeAsync(WaveCounts counts, CancellationToken cancellationToken)
    {
        if (counts.Wave > 0 && StopRules.Judge(options, 0, 0, await FailedAsync(0, cancellationToken), 0) is { } canary)
        {
            return canary;
        }

        return StopRules.Judge(options, counts.Wave, counts.Size, await FailedAsync(counts.Wave, cancellationToken), counts.Busy);
    }

    private async Task<List<Quarantined>> FailedAsync(int wave, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. (await pending.QuarantinedAsync(connection, cancellationToken)).Where(schema => schema.Wave == wave)];
    }

    private sealed class WaveCounts(int wave, int size)
    {
        private int handled;
        private int busy;

        public int Wave => wave;

        public int Size => size;

        public int Handled => handled;

        public int Busy => busy;

        /// <summary>Whether nothing more of the wave is to be begun.</summary>
        public volatile bool Stop;

        public void Add(SchemaResult result)
        {
            Interlocked.Add(ref handled, result.Advanced || result.Failed ? 1 : 0);
            Interlocked.Add(ref busy, result.Busy);
        }
    }
}
