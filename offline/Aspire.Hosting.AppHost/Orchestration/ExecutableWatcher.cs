using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Carries what happens to processes, and what they print, into the application model.</summary>
internal sealed class ExecutableWatcher(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ILogger<ExecutableWatcher> logger)
{
    private const string PidProperty = "executable.pid";

    private readonly ConcurrentDictionary<string, IResource> expected = [];
    private readonly ConcurrentDictionary<string, DcpExecutableStatus> latest = [];
    private readonly ConcurrentBag<Task> tasks = [];
    private DcpClient? dcp;
    private CancellationToken stopping;

    /// <summary>The processes that may still live.</summary>
    public IEnumerable<DcpExecutableStatus> Alive => latest.Values.Where(status => !status.Deleted && !status.HasEnded);

    public async Task RunAsync(DcpClient client, CancellationToken cancellationToken)
    {
        dcp = client;
        stopping = cancellationToken;
        try
        {
            await foreach (var status in client.WatchExecutablesAsync(cancellationToken))
                await ApplyAsync(status, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        await Task.WhenAll(tasks);
    }

    /// <summary>Must be called before the process exists, else its first changes would be missed.</summary>
    public void Expect(IResource resource, string id) => expected[id] = resource;

    public bool Knows(string id) => expected.ContainsKey(id);

    public void ReadLogs(string id)
    {
        foreach (var source in Enum.GetValues<DcpLogSource>())
            tasks.Add(ReadLogsAsync(id, source));
    }

    private async Task ReadLogsAsync(string id, DcpLogSource source)
    {
        try
        {
            await foreach (var line in dcp!.ReadLogsAsync(id, source, stopping))
                loggers.AddLine(id, line.Timestamp, source == DcpLogSource.System ? $"[sys] {line.Text}" : line.Text, source == DcpLogSource.Stderr);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is HttpRequestException or IOException or DistributedApplicationException)
        {
            // A process that is deleted takes its log along; nothing else depends on this stream.
            logger.LogDebug(e, "The log of '{ResourceId}' ended early.", id);
        }
    }

    private async Task ApplyAsync(DcpExecutableStatus status, CancellationToken cancellationToken)
    {
        latest[status.Name] = status;
        if (status.Deleted || status.State.Length == 0 || !expected.TryGetValue(status.Name, out var resource))
            return;

        var before = notifications.TryGetCurrentState(status.Name, out var known) ? known.Snapshot.State?.Text : null;
        await notifications.PublishUpdateAsync(resource, status.Name, snapshot => Apply(snapshot, status));
        if (status.Message is { } message)
            loggers.AddLine(status.Name, null, $"[sys] {message}", isError: true);

        var hasEnded = status.HasEnded && !KnownResourceStates.TerminalStates.Contains(before);
        if (hasEnded && notifications.TryGetCurrentState(status.Name, out var current))
            tasks.Add(RaiseStoppedAsync(resource, current, cancellationToken));
    }

    private async Task RaiseStoppedAsync(IResource resource, ResourceEvent current, CancellationToken cancellationToken)
    {
        try
        {
            await loggers.WaitUntilQuietAsync(current.ResourceId, cancellationToken);
            await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, current), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            logger.LogError(e, "A subscriber of the end of '{ResourceName}' failed.", resource.Name);
        }
    }

    private static CustomResourceSnapshot Apply(CustomResourceSnapshot snapshot, DcpExecutableStatus status) => snapshot with
    {
        // The orchestrator tells apart processes that it was asked to end; Aspire's application model does not.
        State = status.State == "Terminated" ? KnownResourceStates.Finished : status.State,
        ExitCode = status.HasEnded ? status.ExitCode : null,
        CreationTimeStamp = snapshot.CreationTimeStamp ?? status.StartedAt?.UtcDateTime,
        StartTimeStamp = status.StartedAt?.UtcDateTime ?? snapshot.StartTimeStamp,
        StopTimeStamp = status.FinishedAt?.UtcDateTime,
        Properties =
        [
            .. snapshot.Properties.Where(property => property.Name != PidProperty),
            .. status.Pid is { } pid ? [new ResourcePropertySnapshot(PidProperty, pid)] : Array.Empty<ResourcePropertySnapshot>(),
        ],
    };
}
