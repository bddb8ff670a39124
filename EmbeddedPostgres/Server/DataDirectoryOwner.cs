using System.Diagnostics;
using System.Globalization;

namespace TenantPlatform.EmbeddedPostgres.Server;

/// <summary>The server that holds a data directory according to its postmaster.pid: alive, gone, or a number that another program has now.</summary>
internal static class DataDirectoryOwner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>A server whose starter was killed needs a moment to shut down; one that stays is an error.</summary>
    public static async Task WaitUntilFreeAsync(string dataDirectory, Action<string> progress, CancellationToken cancellationToken)
    {
        var pidFile = Path.Combine(dataDirectory, "postmaster.pid");
        for (var waited = Stopwatch.StartNew(); ReadPid(pidFile) is { } pid && IsAlive(pid); await Task.Delay(PollInterval, cancellationToken))
        {
            if (!Holds(pid, dataDirectory))
            {
                RemoveStale(pidFile, pid, dataDirectory, progress);
                return;
            }
            if (waited.Elapsed > Patience)
                throw InUse(dataDirectory, pid);
        }
    }

    public static EmbeddedPostgresException InUse(string dataDirectory, int pid) => new(string.Create(CultureInfo.InvariantCulture,
        $"The data directory {dataDirectory} is in use by another PostgreSQL server, process {pid}: end it (kill -INT {pid}), or stop the program that started it, and start again."));

    /// <summary>PostgreSQL itself would refuse to start, because it only asks whether a process of that number lives.</summary>
    private static void RemoveStale(string pidFile, int pid, string dataDirectory, Action<string> progress)
    {
        var survivor = Process.GetProcesses().Select(process => process.Id).FirstOrDefault(id => Holds(id, dataDirectory));
        if (survivor != 0)
            throw InUse(dataDirectory, survivor);
        File.Delete(pidFile);
        progress(string.Create(CultureInfo.InvariantCulture, $"Removed a stale {pidFile}: process {pid} is another program now"));
    }

    private static int? ReadPid(string pidFile)
    {
        try
        {
            var first = File.ReadLines(pidFile).FirstOrDefault();
            return int.TryParse(first, CultureInfo.InvariantCulture, out var pid) ? Math.Abs(pid) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Every process of a server works in its data directory; only Linux lets us look, elsewhere the number has to do.</summary>
    private static bool Holds(int pid, string dataDirectory)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            var folder = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cwd")).LinkTarget;
            return folder == RealPath(dataDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string RealPath(string folder)
    {
        if (Path.GetDirectoryName(folder) is not { } parent)
            return folder;
        var path = Path.Combine(RealPath(parent), Path.GetFileName(folder));
        return new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
    }
}
