using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TenantPlatform.Bench.Measuring;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Worker;

/// <summary>The start that every deployment makes, when there is nothing to migrate: with many schemas it must cost what it costs with none.</summary>
internal static partial class NothingScenario
{
    private const string Name = "nothing";
    private const int Ledger = 10_000;
    private const double MegaByte = 1024 * 1024;

    public static async Task RunAsync(WorkerBench bench, CancellationToken cancellationToken)
    {
        var (few, many) = (await bench.CreateDatabaseAsync("nothing_few", cancellationToken), await bench.CreateDatabaseAsync("nothing_many", cancellationToken));
        await Tenants.AddAsync(many, "r", bench.Tenants, dedicated: true, cancellationToken);
        await bench.WorkAsync(many, cancellationToken, "provision");
        await EnterOthersAsync(many, Ledger - bench.Tenants, cancellationToken);
        await StartAsync(bench, many, cancellationToken);
        var rounds = new List<(Start Few, Start Many)>();

        for (var round = 0; round < bench.Rounds; round++)
        {
            rounds.Add((await StartAsync(bench, few, cancellationToken), await StartAsync(bench, many, cancellationToken)));
        }

        var ratio = Ratio.Of(rounds.Select(round => round.Many.Work), rounds.Select(round => round.Few.Work));
        var work = rounds.Select(round => round.Many.Work).Median();
        var memory = rounds.Max(round => round.Many.PeakBytes) / MegaByte;
        bench.Report(Name, $"work with {Ledger} in the ledger, {bench.Tenants} of them with schemas", $"{work:0} ms", "< 2000 ms", work < 2000);
        bench.Report(Name, "against a database without any", $"{ratio}", "<= 1.25", ratio.Median <= 1.25);
        bench.Report(Name, "most memory of the process", $"{memory:0} MB", "< 150 MB", memory < 150);
    }

    // Schemas that do not exist: whoever visited one would fail.
    private static async Task EnterOthersAsync(BenchDatabase database, int count, CancellationToken cancellationToken)
    {
        await Tenants.AddAsync(database, "l", count, dedicated: true, cancellationToken);
        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        await owner.ExecuteAsync(
            """
            insert into platform.tenant_schemas (name, tenant_id, applied_migration, started, finished)
            select 'tenant_' || key, id, (select max(applied_migration) from platform.tenant_schemas), now(), now()
            from platform.tenants where status = 'provisioning';
            update platform.tenants set status = 'active' where status = 'provisioning';
            """, cancellationToken);
        await owner.ExecuteAsync("vacuum analyze", cancellationToken);
    }

    private static async Task<Start> StartAsync(WorkerBench bench, BenchDatabase database, CancellationToken cancellationToken)
    {
        using var process = Process.Start(WorkerRun.StartInfo(bench.Repository, database, []))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        var peak = 0L;

        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }

        var text = await output;
        return process.ExitCode == 0 && Worked().Match(text) is { Success: true } work
            ? new Start(double.Parse(work.Groups[1].Value, CultureInfo.InvariantCulture), peak)
            : throw new BenchException($"The migration worker ended with exit code {process.ExitCode}:\n{text}{await errors}");
    }

    // The kernel keeps the highest value, so a reading shortly before the end is enough.
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [GeneratedRegex("Database is ready: migrated and isolated in ([0-9]+) ms")]
    private static partial Regex Worked();

    private sealed record Start(double Work, long PeakBytes);
}
