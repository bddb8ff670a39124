using System.Diagnostics;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Worker;

/// <summary>The everyday migration, over many schemas of which some are busy.</summary>
internal static class ColumnScenario
{
    private const string Name = "column";
    private const int BusyShare = 20;
    private const int ImpatientMilliseconds = 10;
    private const int BusyMilliseconds = 20;

    public static async Task RunAsync(WorkerBench bench, CancellationToken cancellationToken)
    {
        var database = await bench.CreateDatabaseAsync("added_column", cancellationToken);
        var tenants = await Tenants.AddAsync(database, "c", bench.Tenants, dedicated: true, cancellationToken);
        await bench.WorkAsync(database, cancellationToken, "provision");
        await NextRelease.PrepareAsync(database, cancellationToken);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var busy = tenants.Where((_, number) => number % BusyShare == 0).ToList();
        var locks = LockAsync(database, busy, stop.Token);
        var started = Stopwatch.GetTimestamp();

        // Less patience than a lock lasts, so that a wait is lost and the schema is tried again.
        await WorkerRun.RunAsync(
            NextRelease.StartInfo(
                bench, database, "alter table todos add column colour text;",
                KeyValuePair.Create("Apply__LockTimeoutMilliseconds", $"{ImpatientMilliseconds}"), KeyValuePair.Create("Apply__Attempts", "20"),
                KeyValuePair.Create("Apply__BusyPercent", "1000")),
            cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await stop.CancelAsync();
        var met = await locks;

        var (schemas, once, entered) = await NextRelease.CountAsync(database, cancellationToken);
        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        var columns = await owner.ScalarAsync<long>(
            """
            select count(*) from platform.tenant_schemas s
            join pg_class c on c.relname = 'todos' and c.relnamespace = to_regnamespace(s.name)
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'colour' and not a.attisdropped
            """, cancellationToken);
        bench.Report(Name, $"schemas with the column, {busy.Count} of them locked for {BusyMilliseconds} ms again and again", $"{columns}", $"{schemas}", columns == schemas);
        bench.Report(Name, "carried out exactly once", $"{once}", $"{schemas}", once == schemas);
        bench.Report(Name, "entered in the ledger", $"{entered}", $"{schemas}", entered == schemas);
        bench.Report(Name, "time, and locks held meanwhile", $"{seconds:0.0} s, {met} locks");
    }

    /// <returns>How many locks there were.</returns>
    private static async Task<int> LockAsync(BenchDatabase database, List<BenchTenant> tenants, CancellationToken stop)
    {
        await using var owner = await database.OpenOwnerAsync(CancellationToken.None);
        var locks = 0;

        for (; !stop.IsCancellationRequested; locks++)
        {
            var tenant = tenants[Random.Shared.Next(tenants.Count)];
            await owner.ExecuteAsync(
                $"begin; lock table {tenant.Schema}.todos in access share mode; select pg_sleep({BusyMilliseconds / 1000.0}); commit;", CancellationToken.None);
        }

        return locks;
    }
}
