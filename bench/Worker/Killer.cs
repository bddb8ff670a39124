using System.Diagnostics;

namespace TenantPlatform.Bench.Worker;

internal static class Killer
{
    private const int ShortestMilliseconds = 400;
    private const int LongestMilliseconds = 3_000;

    /// <param name="next">What to start each time.</param>
    /// <returns>How many processes were killed before they came to their end.</returns>
    public static async Task<int> KillAsync(int kills, Func<Task<ProcessStartInfo>> next, CancellationToken cancellationToken)
    {
        var killed = 0;

        for (var attempt = 0; killed < kills && attempt < 3 * kills; attempt++)
        {
            using var process = Process.Start(await next())!;
            _ = process.StandardOutput.ReadToEndAsync(cancellationToken);
            _ = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.Delay(Random.Shared.Next(ShortestMilliseconds, LongestMilliseconds), cancellationToken);

            if (!process.HasExited)
            {
                process.Kill();
                killed++;
            }

            await process.WaitForExitAsync(cancellationToken);
        }

        return killed;
    }
}
