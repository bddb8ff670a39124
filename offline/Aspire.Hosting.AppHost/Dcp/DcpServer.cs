using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// The orchestrator's processes. They outlive a Ctrl-C that hits the whole process group, watch this process, and end
/// everything they started when it is gone.
/// </summary>
internal sealed class DcpServer : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LaunchTolerance = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RemovalTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Children inherit the orchestrator's environment, and these would change what they are.</summary>
    private static readonly string[] NotInherited =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL",
    ];

    private readonly string session;
    private readonly X509Certificate2 certificate;
    private LingerGuard? guard;

    private DcpServer(string session)
    {
        this.session = session;
        certificate = DcpCertificate.Create(CertificateFile, KeyFile, TimeProvider.System);
    }

    private string CertificateFile => Path.Combine(session, "tls.crt");
    private string KeyFile => Path.Combine(session, "tls.key");
    private string Kubeconfig => Path.Combine(session, "kubeconfig");

    /// <param name="ownerProcessId">The process whose end is the end of everything.</param>
    public static async Task<(DcpServer Server, DcpApi Api)> StartAsync(
        string dcpPath, int ownerProcessId, CancellationToken cancellationToken)
    {
        var server = new DcpServer(Directory.CreateTempSubdirectory("aspire-dcp-").FullName);
        try
        {
            await server.LaunchAsync(dcpPath, ownerProcessId, cancellationToken);
            var api = await server.ConnectAsync(cancellationToken);
            server.guard = new LingerGuard(server.session, server.FindProcesses().Select(process => process.Id));
            return (server, api);
        }
        catch
        {
            await server.RemoveAsync();
            throw;
        }
    }

    /// <summary>Waits until the orchestrator has gone, after it was told to, and removes what it left.</summary>
    public async Task WaitUntilGoneAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (Directory.Exists(session) && waiting.Elapsed < patience)
            await Task.Delay(PollInterval, cancellationToken);

        await RemoveAsync();
    }

    public void Dispose()
    {
        guard?.Dispose();
        certificate.Dispose();
    }

    /// <summary>With its session over, the second process only lingers for two seconds: nothing is left for it to do.</summary>
    private async Task RemoveAsync()
    {
        var waiting = Stopwatch.StartNew();
        while (FindProcesses() is { Count: > 0 } left && waiting.Elapsed < RemovalTimeout)
        {
            foreach (var process in left.Where(process => !IsChildGuard(process)))
                process.Kill();
            await Task.Delay(PollInterval);
        }

        if (Directory.Exists(session))
            Directory.Delete(session, recursive: true);
    }

    private async Task LaunchAsync(string dcpPath, int ownerProcessId, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(dcpPath) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "start-apiserver", "--detach",
            "--monitor", ownerProcessId.ToString(CultureInfo.InvariantCulture), "--monitor-interval", "1",
            "--kubeconfig", Kubeconfig, "--tls-cert-file", CertificateFile, "--tls-key-file", KeyFile,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in NotInherited)
            start.Environment.Remove(name);
        start.Environment["DCP_SESSION_FOLDER"] = session;
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")))
            start.Environment["HOME"] = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        using var launcher = Process.Start(start)!;
        launcher.StandardInput.Close();
        await launcher.WaitForExitAsync(cancellationToken);
        if (launcher.ExitCode != 0)
            throw new DcpException($"Aspire's orchestrator did not start: {(await launcher.StandardError.ReadToEndAsync(cancellationToken)).Trim()}");
    }

    private async Task<DcpApi> ConnectAsync(CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < StartTimeout)
        {
            if (DcpKubeconfig.TryRead(Kubeconfig) is { } kubeconfig && await TryConnectAsync(kubeconfig, cancellationToken) is { } api)
                return api;
            if (waiting.Elapsed > LaunchTolerance && FindProcesses().Count == 0)
                throw new DcpException(
                    "Aspire's orchestrator ended right after its start. It needs a home directory and a temporary folder that it can write to: check HOME and TMPDIR.");

            await Task.Delay(PollInterval, cancellationToken);
        }

        throw new DcpException(
            $"Aspire's orchestrator did not answer within {StartTimeout.TotalSeconds} seconds. Is the machine overloaded, or does a sandbox forbid loopback connections?");
    }

    private async Task<DcpApi?> TryConnectAsync(DcpKubeconfig kubeconfig, CancellationToken cancellationToken)
    {
        var api = new DcpApi(CreateHttpClient(kubeconfig));
        try
        {
            await api.FindAsync("executables", cancellationToken);
            return api;
        }
        catch (Exception e) when (e is HttpRequestException or DcpException)
        {
            api.Dispose();
            return null;
        }
    }

    private HttpClient CreateHttpClient(DcpKubeconfig kubeconfig)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        return new HttpClient(handler)
        {
            BaseAddress = kubeconfig.Server,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", kubeconfig.Token) },
        };
    }

    private List<Process> FindProcesses() => [.. Process.GetProcessesByName("dcp").Where(IsOfThisSession)];

    private bool IsOfThisSession(Process process) => Read(process, "environ").Contains($"DCP_SESSION_FOLDER={session}");

    /// <summary>One watches over each child; left alone, it ends its child when the orchestrator is gone, and then itself.</summary>
    private static bool IsChildGuard(Process process) => Read(process, "cmdline").Contains("monitor-process");

    private static string[] Read(Process process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/{file}").Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
