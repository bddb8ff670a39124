using System.Diagnostics;
using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>The sample AppHost in a process of its own; a mark in its environment finds everything it has started.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private const string MarkName = "OFFLINE_HOSTING_TEST";

    private readonly string mark = $"{MarkName}={Guid.NewGuid():N}";
    private readonly Process process = new();
    private readonly TaskCompletionSource started = new();
    private readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<string> output = [];

    private AppHostProcess() => limit.CancelAfter(TimeSpan.FromSeconds(60));

    public IReadOnlyList<string> Output
    {
        get
        {
            lock (output)
                return [.. output];
        }
    }

    /// <summary>Returns when everything of the application runs.</summary>
    public static async Task<AppHostProcess> StartAsync(params string[] args)
    {
        var host = new AppHostProcess();
        host.Launch(args);
        await host.started.Task.WaitAsync(host.limit.Token);
        return host;
    }

    /// <summary>For an AppHost that ends by itself.</summary>
    public static async Task<(int ExitCode, IReadOnlyList<string> Output)> RunAsync(params string[] args)
    {
        await using var host = new AppHostProcess();
        host.Launch(args);
        return (await host.ExitAsync(), host.Output);
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(limit.Token);
    }

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public IReadOnlyList<int> Descendants() => [.. Process.GetProcesses().Where(other => other.Id != process.Id && IsMarked(other.Id)).Select(other => other.Id)];

    public async Task UntilNoDescendantsAsync()
    {
        while (Descendants().Count > 0)
            await Task.Delay(100, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        foreach (var pid in Descendants())
            using (var left = Process.GetProcessById(pid))
                left.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        limit.Dispose();
    }

    private void Launch(string[] args)
    {
        process.StartInfo = new ProcessStartInfo("dotnet", [typeof(AppHostProcess).Assembly.Location, SampleAppHost.Verb, "--DcpPublisher:RandomizePorts=true", .. args])
        {
            RedirectStandardOutput = true,
            Environment = { [MarkName] = mark[(MarkName.Length + 1)..] },
        };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;

        lock (output)
            output.Add(line);
        if (line.Contains("Distributed application started.", StringComparison.Ordinal))
            started.TrySetResult();
    }

    private bool IsMarked(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ").Split('\0').Contains(mark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
