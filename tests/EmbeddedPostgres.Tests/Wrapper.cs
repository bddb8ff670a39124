using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Tests;

/// <summary>The executable, run as the AppHost runs it.</summary>
internal sealed class Wrapper : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = [];
    private readonly SemaphoreSlim news = new(0);

    public Wrapper(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : ChildProcess.Find("dotnet");
        var start = new ProcessStartInfo(dotnet!, [Path.Combine(AppContext.BaseDirectory, "EmbeddedPostgres.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => Receive(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', lines);

    public static int ServerId(string dataDirectory) =>
        int.Parse(File.ReadLines(Path.Combine(dataDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public async Task WaitForAsync(string text)
    {
        var waited = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            var left = Patience - waited.Elapsed;
            if (left < TimeSpan.Zero || process.HasExited || !await news.WaitAsync(left))
                Assert.Fail($"\"{text}\" never came, but: {Output}");
        }
    }

    public void Signal(string name) => Signal(name, process.Id);

    public static void Signal(string name, int processId) =>
        Process.Start("/bin/sh", ["-c", $"kill -{name} {processId}"]).WaitForExit();

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            Signal("TERM");
        await ExitAsync();
        process.Dispose();
        news.Dispose();
    }

    private void Receive(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        news.Release();
    }
}
