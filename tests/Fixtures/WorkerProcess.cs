using System.Diagnostics;
using System.Globalization;

namespace TenantPlatform.Fixtures;

/// <summary>The built migration worker as deployments run it: a process with environment variables and an exit code.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];

    private WorkerProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    /// <summary>All that it has written so far, standard output and errors together.</summary>
    public string Output
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    public static WorkerProcess Start(WorkerSettings settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, $"{settings.Program}.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. settings.Arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var (name, value) in settings.Environment)
            start.Environment[name] = value;

        return new WorkerProcess(start);
    }

    /// <summary>Runs it to its end, whatever that is.</summary>
    public static async Task<WorkerResult> RunAsync(WorkerSettings settings, CancellationToken cancellationToken)
    {
        await using var worker = Start(settings);
        return await worker.WaitAsync(cancellationToken);
    }

    public async Task<WorkerResult> WaitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return new WorkerResult(process.ExitCode, Output);
    }

    /// <summary>Asks it to end, as a shell or an orchestrator does.</summary>
    public void Signal(int signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as a power cut would: nothing of it runs any more.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync(CancellationToken.None);

        process.Dispose();
    }

    private void Collect(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is { } line)
        {
            lock (lines)
                lines.Add(line);
        }
    }
}

public sealed record WorkerResult(int ExitCode, string Output)
{
    private const int LastLines = 20;

    /// <exception cref="InvalidOperationException">The worker failed; the message ends with its last lines.</exception>
    public void RequireSuccess()
    {
        if (ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"The migration worker ended with exit code {ExitCode}:\n{string.Join('\n', Output.Split('\n').TakeLast(LastLines))}");
        }
    }
}
