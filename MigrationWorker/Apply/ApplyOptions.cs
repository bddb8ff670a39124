using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>How schemas of tenants who live alone are migrated: how many at once, in which waves, and when to stop.</summary>
internal sealed class ApplyOptions
{
    public const string Section = "Apply";

    private static readonly int[] DefaultWaveSizes = [10, 50, 250, 1000];

    /// <summary>Transactions at once. The server does the work, so this is about its cores and not about ours.</summary>
    [Range(1, 256)]
    public int Parallel { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>Schemas in wave 1, 2 and so on; the last size holds for all further ones. Wave 0 is the canaries'.</summary>
    public int[]? WaveSizes { get; set; }

    /// <summary>For how long a migration may wait for a lock, while requests that come after it wait too.</summary>
    [Range(1, 600_000)]
    public int LockTimeoutMilliseconds { get; set; } = 1000;

    /// <summary>How often a migration that met somebody else's lock is tried in all.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 6;

    /// <summary>Before the second attempt, on average; twice as long before each further one.</summary>
    [Range(1, 60_000)]
    public int RetryMilliseconds { get; set; } = 100;

    /// <summary>More failures than this share of a wave stop the run ...</summary>
    [Range(0, 100)]
    public int FailedPercent { get; set; } = 5;

    /// <summary>... but so many are always let pass, except among canaries.</summary>
    [Range(0, int.MaxValue)]
    public int FailedAtLeast { get; set; } = 3;

    /// <summary>More lost waits for locks than this share of a wave stop the run: somebody else needs the database now.</summary>
    [Range(0, 10_000)]
    public int BusyPercent { get; set; } = 50;

    [Range(0, int.MaxValue)]
    public int BusyAtLeast { get; set; } = 20;

    /// <summary>For each wave from 1 on, how many schemas all waves up to it have together.</summary>
    public int[] WaveEnds(int schemas)
    {
        int[] sizes = WaveSizes is { Length: > 0 } ? WaveSizes : DefaultWaveSizes;
        var ends = new List<int>();

        for (var end = 0; end < schemas;)
        {
            end += Math.Max(1, sizes[Math.Min(ends.Count, sizes.Length - 1)]);
            ends.Add(end);
        }

        return [.. ends];
    }
}
