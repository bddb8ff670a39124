using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Dcp;

/// <summary>One session with Aspire's orchestrator: it runs processes and gives them ports.</summary>
internal sealed class DcpClient : IAsyncDisposable
{
    private const string Executables = "executables";
    private const string Services = "services";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AddressTimeout = TimeSpan.FromSeconds(20);

    private readonly DcpServer server;
    private readonly DcpApi api;
    private readonly Lazy<Task> shutdown;

    private DcpClient(DcpServer server, DcpApi api)
    {
        this.server = server;
        this.api = api;
        shutdown = new Lazy<Task>(EndSessionAsync);
    }

    public static Task<DcpClient> StartAsync(AspireBundle bundle, CancellationToken cancellationToken) =>
        StartAsync(bundle, Environment.ProcessId, cancellationToken);

    /// <param name="ownerProcessId">When this process ends, so do the orchestrator and all executables.</param>
    public static async Task<DcpClient> StartAsync(AspireBundle bundle, int ownerProcessId, CancellationToken cancellationToken)
    {
        var (server, api) = await DcpServer.StartAsync(bundle.DcpPath, ownerProcessId, cancellationToken);
        return new DcpClient(server, api);
    }

    /// <exception cref="DcpException">The port is taken.</exception>
    public async Task<DcpAddress> CreateServiceAsync(DcpService service, CancellationToken cancellationToken)
    {
        if (service.Port is { } port && LoopbackPort.IsTaken(port))
            throw new DcpException(
                $"Port {port}, which '{service.Name}' should have, is taken: end what listens there, or give '{service.Name}' another port.");

        await api.CreateAsync("Service", Services, Name(service.Name), ToSpec(service), cancellationToken);
        return service.Proxied
            ? await WaitForAddressAsync(service, cancellationToken)
            : new DcpAddress("localhost", service.Port!.Value);
    }

    public Task CreateExecutableAsync(DcpExecutable executable, CancellationToken cancellationToken)
    {
        var producers = executable.Produces.Select(ToAnnotation).ToArray();
        var metadata = Name(executable.Name);
        metadata["annotations"] = new JsonObject { ["service-producer"] = new JsonArray(producers).ToJsonString() };
        return api.CreateAsync("Executable", Executables, metadata, ToSpec(executable), cancellationToken);
    }

    /// <summary>Asks the process to end and waits until it has; one that ignores that is killed after 6 seconds.</summary>
    public async Task StopExecutableAsync(string name, CancellationToken cancellationToken)
    {
        var stop = new JsonObject { ["spec"] = new JsonObject { ["stop"] = true } };
        if (!await api.PatchAsync($"{Executables}/{name}", stop, cancellationToken))
            return;

        while (await api.FindAsync($"{Executables}/{name}", cancellationToken) is { } executable
               && !DcpExecutableStatus.FromObject(executable).HasEnded)
            await Task.Delay(PollInterval, cancellationToken);
    }

    /// <summary>Ends the process if it still runs, and waits until its name is free.</summary>
    public async Task DeleteExecutableAsync(string name, CancellationToken cancellationToken)
    {
        await api.DeleteAsync($"{Executables}/{name}", cancellationToken);
        while (await api.FindAsync($"{Executables}/{name}", cancellationToken) is not null)
            await Task.Delay(PollInterval, cancellationToken);
    }

    /// <summary>The status of every executable, then every change, until cancelled.</summary>
    public IAsyncEnumerable<DcpExecutableStatus> WatchExecutablesAsync(CancellationToken cancellationToken) =>
        new DcpExecutableWatch(api).ReadAsync(cancellationToken);

    /// <summary>The log so far, then new lines. The end comes some seconds after the process has ended.</summary>
    public async IAsyncEnumerable<DcpLogLine> ReadLogsAsync(
        string executableName, DcpLogSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in api.ReadLogAsync(executableName, source, follow: true, cancellationToken))
            yield return DcpLogLine.Parse(line, source);
    }

    /// <summary>
    /// Ends all executables at the same time, and the orchestrator. Who needs an order stops executables before.
    /// Giving up waiting does not give up the shutdown.
    /// </summary>
    public Task ShutdownAsync(CancellationToken cancellationToken) => shutdown.Value.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await ShutdownAsync(CancellationToken.None);

    private async Task EndSessionAsync()
    {
        var patience = TimeSpan.FromSeconds(15);
        try
        {
            using var limit = new CancellationTokenSource(patience);
            await api.SetExecutionStatusAsync(new() { ["status"] = "CleaningResources", ["shutdownResourceCleanup"] = "Full" }, limit.Token);
            while (await api.GetExecutionStatusAsync(limit.Token) == "CleaningResources")
                await Task.Delay(PollInterval, limit.Token);
            await api.SetExecutionStatusAsync(new() { ["status"] = "Stopping" }, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // An orchestrator that has died or hangs is removed below.
            patience = TimeSpan.Zero;
        }

        // The orchestrator waits for open connections before it ends.
        api.Dispose();
        await server.WaitUntilGoneAsync(patience, CancellationToken.None);
        server.Dispose();
    }

    private async Task<DcpAddress> WaitForAddressAsync(DcpService service, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AddressTimeout);
        try
        {
            while (true)
            {
                var status = (await api.FindAsync($"{Services}/{service.Name}", limit.Token))?["status"];
                if ((int?)status?["effectivePort"] is > 0 and var port)
                    return new DcpAddress((string)status!["effectiveAddress"]!, port);

                await Task.Delay(PollInterval, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DcpException(
                $"Aspire's orchestrator gave '{service.Name}' no address within {AddressTimeout.TotalSeconds} seconds" +
                (service.Port is { } port ? $": something else seems to have taken port {port}." : "."));
        }
    }

    private static JsonObject Name(string name) => new() { ["name"] = name };

    private static JsonObject ToSpec(DcpService service)
    {
        // Without a protocol the orchestrator never gives an address.
        var spec = new JsonObject { ["protocol"] = "TCP", ["addressAllocationMode"] = service.Proxied ? "Localhost" : "Proxyless" };
        if (service.Port is { } port)
            spec["port"] = port;
        return spec;
    }

    private static JsonObject ToSpec(DcpExecutable executable) => new()
    {
        ["executablePath"] = executable.ExecutablePath,
        ["workingDirectory"] = executable.WorkingDirectory,
        ["args"] = new JsonArray([.. executable.Args]),
        ["env"] = new JsonArray([.. executable.Environment.Select(variable =>
            new JsonObject { ["name"] = variable.Key, ["value"] = variable.Value })]),
        ["executionType"] = "Process",
        ["ambientEnvironment"] = new JsonObject { ["behavior"] = "Inherit" },
        ["start"] = true,
    };

    private static JsonNode ToAnnotation(DcpProducer producer)
    {
        var annotation = new JsonObject { ["serviceName"] = producer.ServiceName };
        if (producer.Address is { } address)
            annotation["address"] = address;
        if (producer.Port is { } port)
            annotation["port"] = port;
        return annotation;
    }
}
