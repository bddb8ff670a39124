using System.Globalization;

namespace TenantPlatform.AppHost.Tests;

/// <summary>
/// What an AppHost started, found by an environment variable that every descendant inherits: DCP detaches itself, so
/// parent ids alone would miss it. Linux only.
/// </summary>
internal static class ProcessTree
{
    public const string Marker = "TENANTPLATFORM_TEST_RUN";

    public static IReadOnlyList<string> Alive(string run) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
            .Where(folder => Read(folder, "environ").Contains($"{Marker}={run}\0", StringComparison.Ordinal))
            .Select(folder => Read(folder, "cmdline").Replace('\0', ' '))
            .Where(command => command.Length > 0),
    ];

    /// <summary>Waits until nothing of the run is alive, and returns what still is after the given time.</summary>
    public static async Task<IReadOnlyList<string>> GoneWithinAsync(string run, TimeSpan patience)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;

        while (Alive(run).Count > 0 && Environment.TickCount64 < deadline)
        {
            await timer.WaitForNextTickAsync();
        }

        return Alive(run);
    }

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
