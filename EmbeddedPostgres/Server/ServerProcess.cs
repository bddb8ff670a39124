using System.Diagnostics;

namespace TenantPlatform.EmbeddedPostgres.Server;

/// <summary>One running "postgres" program.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // The smart shutdown of SIGTERM waits for clients to leave; SIGINT sends them away, SIGQUIT forgoes the checkpoint.
    private static readonly int[] Escalation = [2, 3];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly ServerLog log = new();
    private readonly Action<string>? forward;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OrphanGuard? guard;

    public ServerProcess(ProcessStartInfo command, string? temporaryFolder, Action<string>? forward)
    {
        this.forward = forward;
        command.RedirectStandardInput = command.RedirectStandardOutput = command.RedirectStandardError = true;
        process = new Process { StartInfo = command };
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => Receive(line.Data);
        process.Start();
        process.StandardInput.Close();
        guard = OperatingSystem.IsWindows() ? null : new OrphanGuard(process.Id, temporaryFolder);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = WaitAsync();
    }

    /// <summary>Completes with the exit code, after the last line of the log.</summary>
    public Task<int> Exited { get; }

    public async Task WaitUntilReadyAsync(string dataDirectory, int port, CancellationToken cancellationToken)
    {
        await Task.WhenAny(ready.Task, Exited).WaitAsync(cancellationToken);
        if (!ready.Task.IsCompleted)
            throw log.WhyNotStarted(dataDirectory, port);
    }

    public async Task StopAsync()
    {
        foreach (var signal in Escalation)
        {
            if (Exited.IsCompleted)
                break;
            Signals.Send(process, signal);
            if (await Task.WhenAny(Exited, Task.Delay(Patience)) == Exited)
                break;
        }
        if (!Exited.IsCompleted)
            process.Kill(entireProcessTree: true);
        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        guard?.Dispose();
        process.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private void Receive(string? line)
    {
        if (line is null)
            return;
        if (!ready.Task.IsCompleted)
            log.Add(line);
        forward?.Invoke(line);
        if (line.Contains("database system is ready to accept", StringComparison.Ordinal))
            ready.TrySetResult();
    }
}
