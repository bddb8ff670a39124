using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TenantPlatform.Bench.Api;

/// <summary>The load generator wrk with one thread: cheap, so that the machine's time goes to the servers.</summary>
internal sealed class Wrk : LoadGenerator
{
    private const string Marker = "RESULT ";

    private readonly string callersFile = Path.GetTempFileName();

    public Wrk(IReadOnlyList<Seat> callers) =>
        File.WriteAllLines(callersFile, callers.Select(caller => $"{Operation.PathOf(caller)} {caller.Token}"));

    public static bool IsInstalled
    {
        get
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo("wrk", "--version") { RedirectStandardOutput = true });
                process!.WaitForExit();
                return true;
            }
            catch (Win32Exception)
            {
                return false;
            }
        }
    }

    public override string Name => "wrk";

    public override async Task<LoadResult> RunAsync(
        Uri server, Operation operation, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        string[] body = operation.Body is null ? [] : [operation.Body];
        var start = new ProcessStartInfo("wrk",
        [
            "-t1", $"-c{connections}", $"-d{duration.TotalSeconds:0}s", "--timeout", "10s",
            "-s", Path.Combine(AppContext.BaseDirectory, "Api", "load.lua"), server.ToString(), "--",
            operation.Method.Method, $"{operation.Status}", operation.AnswerStart, callersFile, .. body,
        ])
        { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);

        return output.Split('\n').LastOrDefault(line => line.StartsWith(Marker, StringComparison.Ordinal)) is { } line
            ? Read(line)
            : throw new BenchException($"wrk has not measured anything:\n{output}");
    }

    private static LoadResult Read(string line)
    {
        var numbers = line[Marker.Length..].Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return new LoadResult(numbers[0], Microseconds(numbers[1]), Microseconds(numbers[2]), Microseconds(numbers[3]), numbers[4]);
    }

    private static TimeSpan Microseconds(long number) => TimeSpan.FromMicroseconds(number);
}
