using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace TenantPlatform.AppHost.Tests;

/// <summary>The AppHost as people run it: a process with a console, a dashboard and signals.</summary>
internal sealed partial class AppHostProcess : IAsyncDisposable
{
    public static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly SemaphoreSlim written = new(0);

    private AppHostProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public int ExitCode => process.ExitCode;

    public string Output => string.Join('\n', lines);

    /// <summary>Starts it on free ports. Environment entries win over those of the launch profile.</summary>
    public static AppHostProcess Start(string data, string[]? arguments = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Projects.AppHost).Assembly.Location, $"--Data={data}", .. arguments ?? []])
        {
            WorkingDirectory = Projects.AppHost.ProjectPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["DcpPublisher__WaitForResourceCleanup"] = "true";
        start.Environment["ASPNETCORE_URLS"] = FreeUrl();
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = FreeUrl();
        start.Environment["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = FreeUrl();

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new AppHostProcess(start);
    }

    /// <summary>The first group of the first line that matches, once it is written.</summary>
    public async Task<string> LineAsync(string pattern)
    {
        using var timeout = new CancellationTokenSource(StartTimeout);

        while (true)
        {
            if (lines.Select(line => Regex.Match(line, pattern)).FirstOrDefault(match => match.Success) is { } found)
            {
                return found.Groups[1].Value;
            }

            if (process.HasExited || timeout.IsCancellationRequested)
            {
                throw new TimeoutException($"No line matches '{pattern}' in:\n{Output}");
            }

            await written.WaitAsync(TimeSpan.FromSeconds(1));
        }
    }

    public async Task<HttpClient> ApiAsync() => new() { BaseAddress = new Uri(await LineAsync("'api' is ready at ([^ ]+)")) };

    public void Signal(int signal) => Kill(process.Id, signal);

    public async Task<TimeSpan> ExitAsync()
    {
        var started = Stopwatch.GetTimestamp();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(timeout.Token);
        return Stopwatch.GetElapsedTime(started);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Signal(2);
            await ExitAsync();
        }

        process.Dispose();
        written.Dispose();
    }

    private static void Kill(int processId, int signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static string FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private void Add(string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(AnsiColour().Replace(line, ""));
            written.Release();
        }
    }

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex AnsiColour();
}
