using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using TenantPlatform.Data.Isolation.Posture;
using TenantPlatform.Data.Schema;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Verify;

/// <summary>Compares model, migrations, ledger and database, wherever tenants live. Changes nothing.</summary>
internal sealed class Verification(Roles roles, SchemaCheck check, SchemaComparison comparison, TenantPlaneSteps steps)
{
    private static readonly int Connections = Environment.ProcessorCount;

    /// <param name="sample">How many schemas of single tenants to compare, by chance; null for all.</param>
    /// <param name="tenantId">The only tenant to look at, with control plane and pooled; null for all.</param>
    /// <param name="progress">Is told how many schemas are done, of how many.</param>
    public async Task<VerifyReport> RunAsync(int? sample, Guid? tenantId, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var owner = await roles.OpenOwnerAsync(cancellationToken);
        List<string> problems = [.. await check.FindProblemsAsync(owner, tenantId is null ? sample : PostureCheck.UsualSample, cancellationToken)];
        problems.AddRange(await LedgerCheck.FindProblemsAsync(owner, tenantId, cancellationToken));

        var entries = await LedgerCheck.ReadBuiltAsync(owner, tenantId, cancellationToken);
        var sound = entries.Where(entry => entry.Error is null).ToList();
        var chosen = sound.Take(sample ?? sound.Count).ToList();
        problems.AddRange(await CompareAsync(chosen, progress, cancellationToken));

        var quarantined = entries.Where(entry => entry.Error is not null).OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => new QuarantinedSchema(entry.Name, entry.Error!));
        return new VerifyReport(problems, [.. quarantined], chosen.Count, sound.Count, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task<IEnumerable<string>> CompareAsync(
        List<LedgerEntry> entries, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var problems = new ConcurrentBag<(string Schema, int Position, string Problem)>();
        var waiting = new ConcurrentQueue<LedgerEntry>(entries);
        var done = 0;

        await Task.WhenAll(Enumerable.Range(0, Math.Min(Connections, entries.Count)).Select(_ => CompareWaitingAsync()));
        return problems.OrderBy(found => found.Schema, StringComparer.Ordinal).ThenBy(found => found.Position).Select(found => found.Problem);

        async Task CompareWaitingAsync()
        {
            await using var owner = await roles.OpenOwnerAsync(cancellationToken);

            while (waiting.TryDequeue(out var entry))
            {
                foreach (var (position, problem) in (await CompareAsync(owner, entry, cancellationToken)).Index())
                {
                    problems.Add((entry.Name, position, problem));
                }

                progress(Interlocked.Increment(ref done), entries.Count);
            }
        }
    }

    private async Task<IReadOnlyList<string>> CompareAsync(NpgsqlConnection owner, LedgerEntry entry, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> differences = entry.Applied == steps.Latest
            ? await comparison.FindDifferencesAsync(owner, entry.Name, entry.TenantId, cancellationToken)
            : [$"schema {entry.Name} is at migration {entry.Applied}, and this build at {steps.Latest}: run the migration worker, or the build that fits"];

        // Tenants and workers go on meanwhile: a schema may have got a tenant, a migration or its end since the ledger was read.
        return differences.Count == 0 || await LedgerCheck.IsUnchangedAsync(owner, entry, cancellationToken) ? differences : [];
    }
}
