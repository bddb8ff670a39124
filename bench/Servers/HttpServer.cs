using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TenantPlatform.Bench.Measuring;

namespace TenantPlatform.Bench.Servers;

/// <summary>A process that serves HTTP on a port of its own.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const int StartSeconds = 60;
    private const int LastLines = 20;

    private readonly Process process;
    private readonly Queue<string> lines = [];

    private HttpServer(ProcessStartInfo start, Uri address)
    {
        Address = address;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Processes = new ProcessTree(process.Id);
    }

    public Uri Address { get; }

    public ProcessTree Processes { get; }

    /// <summary>Returns when it answers /health.</summary>
    /// <param name="launch">The address that it is to serve.</param>
    /// <exception cref="BenchException">It ended, or it does not answer.</exception>
    public static async Task<HttpServer> StartAsync(Func<Uri, ProcessStartInfo> launch, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = launch(address);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var server = new HttpServer(start, address);

        try
        {
            await server.WaitUntilReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var started = Stopwatch.StartNew();

        while (!process.HasExited && started.Elapsed.TotalSeconds < StartSeconds)
        {
            try
            {
                if ((await client.GetAsync("/health", cancellationToken)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        throw new BenchException($"'{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}' does not serve {Address}:\n{LastWords()}");
    }

    private string LastWords()
    {
        lock (lines)
            return string.Join('\n', lines);
    }

    private void Collect(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is { } line)
        {
            lock (lines)
            {
                lines.Enqueue(line);
                if (lines.Count > LastLines)
                    lines.Dequeue();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
