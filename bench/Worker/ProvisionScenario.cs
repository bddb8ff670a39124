using System.Diagnostics;
using TenantPlatform.Bench.Measuring;
using TenantPlatform.Bench.Servers;
using TenantPlatform.MigrationWorker;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.Bench.Worker;

/// <summary>The real worker's 'provision', start and end of the process included, against the bare SQL and against a loop over EF's migrator.</summary>
internal static class ProvisionScenario
{
    private const string Name = "provision";
    private const int SampleOfEf = 20;

    public static async Task RunAsync(WorkerBench bench, CancellationToken cancellationToken)
    {
        var count = bench.Tenants / bench.Rounds;
        var (ours, bare, ef) = (
            await bench.CreateDatabaseAsync("provision_ours", cancellationToken),
            await bench.CreateDatabaseAsync("provision_bare", cancellationToken),
            await bench.CreateDatabaseAsync("provision_ef", cancellationToken));
        var script = await BareScriptAsync(bare, cancellationToken);
        var times = new List<(double Ours, double Bare, double Ef)>();

        for (var round = 0; round < bench.Rounds; round++)
        {
            var prefix = (char)('a' + round);
            times.Add((
                await ByWorkerAsync(bench, ours, $"{prefix}", count, cancellationToken) / count,
                await ByHandAsync(bare, script, $"{prefix}", count, cancellationToken) / count,
                await ByEfAsync(ef, $"{prefix}", SampleOfEf, cancellationToken) / SampleOfEf));
            bench.Progress($"{Name}: round {round + 1}: {times[^1].Ours:0.0} ms each, by hand {times[^1].Bare:0.0} ms, by EF {times[^1].Ef:0.0} ms");
        }

        await using var owner = await ours.OpenOwnerAsync(cancellationToken);
        var active = await owner.ScalarAsync<long>("select count(*) from platform.tenants where placement = 'dedicated' and status = 'active'", cancellationToken);
        bench.Report(Name, "tenants active and verified", $"{active}", $"{count * bench.Rounds}", active == count * bench.Rounds);
        var speed = Ratio.Of(times.Select(time => time.Bare), times.Select(time => time.Ours));
        bench.Report(Name, $"speed against the same SQL, {Environment.ProcessorCount} connections", $"{speed}", ">= 0.5", speed.Median >= 0.5);
        var faster = Ratio.Of(times.Select(time => time.Ef), times.Select(time => time.Ours));
        bench.Report(Name, $"times as fast as MigrateAsync in a loop (sample of {SampleOfEf * bench.Rounds})", $"{faster}", ">= 10", faster.Median >= 10);
    }

    private static async Task<double> ByWorkerAsync(WorkerBench bench, BenchDatabase database, string prefix, int count, CancellationToken cancellationToken)
    {
        await Tenants.AddAsync(database, prefix, count, dedicated: true, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await bench.WorkAsync(database, cancellationToken, "provision");
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<double> ByHandAsync(
        BenchDatabase database, Func<BenchTenant, string> script, string prefix, int count, CancellationToken cancellationToken)
    {
        var tenants = new Queue<BenchTenant>(await Tenants.AddAsync(database, prefix, count, dedicated: true, cancellationToken));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(async _ =>
        {
            await using var owner = await database.OpenOwnerAsync(cancellationToken);

            while (Next(tenants) is { } tenant)
            {
                await owner.ExecuteAsync($"begin;\n{script(tenant)}\ncommit;", cancellationToken);
            }
        }));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<double> ByEfAsync(BenchDatabase database, string prefix, int count, CancellationToken cancellationToken)
    {
        var tenants = await Tenants.AddAsync(database, prefix, count, dedicated: true, cancellationToken);
        var started = Stopwatch.GetTimestamp();

        foreach (var tenant in tenants)
        {
            await EfLoop.MigrateAsync(database, tenant.Schema, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // What the worker does for one schema, word for word, without the worker.
    private static async Task<Func<BenchTenant, string>> BareScriptAsync(BenchDatabase database, CancellationToken cancellationToken)
    {
        var steps = new TenantPlaneSteps(Migrator.TenantDb(database.Owner));
        var build = string.Join('\n', steps.Build());
        var sample = (await Tenants.AddAsync(database, "x", 1, dedicated: true, cancellationToken))[0];
        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
        await owner.ExecuteAsync($"create schema {sample.Schema};\nset local search_path = {sample.Schema};\n{build}", cancellationToken);
        var finish = string.Join('\n', await SchemaBuilder.FindMissingAsync(owner, sample.Schema, sample.Id, cancellationToken));
        await transaction.RollbackAsync(cancellationToken);

        return tenant => $"create schema {tenant.Schema};\nset local search_path = {tenant.Schema};\n{build}\n"
            + finish.Replace(sample.Schema, tenant.Schema, StringComparison.Ordinal).Replace($"{sample.Id}", $"{tenant.Id}", StringComparison.Ordinal);
    }

    private static BenchTenant? Next(Queue<BenchTenant> tenants)
    {
        lock (tenants)
            return tenants.TryDequeue(out var tenant) ? tenant : null;
    }
}
