using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Orchestration;

/// <summary>Checks the health of everything that runs, and says once when it is ready.</summary>
internal sealed class HealthMonitor(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    HealthCheckService checks,
    IOptions<HealthCheckServiceOptions> registered,
    TimeProvider time,
    ILogger<HealthMonitor> logger)
{
    private readonly Dictionary<string, (CancellationTokenSource Cancellation, Task Task)> monitors = [];

    public static ImmutableArray<HealthReportSnapshot> InitialReports(IResource resource) =>
        [.. Keys(resource).Select(key => new HealthReportSnapshot(key, null, null, null))];

    /// <exception cref="DistributedApplicationException">A resource names a health check that nobody registered.</exception>
    public void Validate()
    {
        var known = registered.Value.Registrations.Select(registration => registration.Name).ToHashSet();
        foreach (var resource in model.Resources)
            if (Keys(resource).FirstOrDefault(key => !known.Contains(key)) is { } missing)
                throw new DistributedApplicationException(
                    $"The health check '{missing}' is not registered and is required for resource '{resource.Name}'. Register it with builder.Services.AddHealthChecks().");
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken))
            {
                var runs = change.Snapshot.State?.Text == KnownResourceStates.Running;
                if (runs && !monitors.ContainsKey(change.ResourceId))
                    Start(change, cancellationToken);
                else if (!runs && monitors.Remove(change.ResourceId, out var ended))
                    await ended.Cancellation.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(monitors.Values.Select(monitor => monitor.Task));
        }
    }

    private static IEnumerable<string> Keys(IResource resource) =>
        resource.Annotations.OfType<HealthCheckAnnotation>().Select(annotation => annotation.Key);

    private void Start(ResourceEvent running, CancellationToken cancellationToken)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        monitors[running.ResourceId] = (cancellation, MonitorAsync(running.Resource, running.ResourceId, cancellation.Token));
    }

    private async Task MonitorAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        try
        {
            var keys = Keys(resource).ToHashSet();
            if (keys.Count == 0)
                await BecomeReadyAsync(resource, id, cancellationToken);
            else
                await PollAsync(resource, id, keys, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            logger.LogError(e, "The health of '{ResourceId}' is no longer watched.", id);
        }
    }

    private async Task PollAsync(IResource resource, string id, HashSet<string> keys, CancellationToken cancellationToken)
    {
        var pace = new HealthPollingPace(time);
        var isReady = false;
        while (true)
        {
            var reports = await CheckAsync(keys, pace.AttemptTimeout, cancellationToken);
            var isHealthy = reports.All(report => report.Status == HealthStatus.Healthy);
            await notifications.PublishUpdateAsync(resource, id, snapshot => snapshot with { HealthReports = reports });
            if (isHealthy && !isReady)
            {
                isReady = true;
                await BecomeReadyAsync(resource, id, cancellationToken);
            }

            await Task.Delay(pace.Next(isHealthy), time, cancellationToken);
        }
    }

    private async Task<ImmutableArray<HealthReportSnapshot>> CheckAsync(
        HashSet<string> keys, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A proxied port accepts connections before anybody serves it and then says nothing.
        attempt.CancelAfter(timeout);
        try
        {
            var report = await checks.CheckHealthAsync(registration => keys.Contains(registration.Name), attempt.Token);
            return [.. report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new HealthReportSnapshot(
                entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.ToString()) { LastRunAt = now })];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var description = $"No answer within {timeout.TotalSeconds:0.#} seconds.";
            return [.. keys.Order(StringComparer.Ordinal).Select(key => new HealthReportSnapshot(key, HealthStatus.Unhealthy, description, null) { LastRunAt = now })];
        }
    }

    /// <summary>Replicas become ready together with the first of them.</summary>
    private async Task BecomeReadyAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        var others = resource.GetResolvedResourceNames().Where(other => other != id);
        var ready = others.Select(other => notifications.TryGetCurrentState(other, out var known) ? known.Snapshot.ResourceReady : null)
            .FirstOrDefault(known => known is not null) ?? RaiseReadyAsync(resource, id, cancellationToken);
        await notifications.PublishUpdateAsync(resource, id, snapshot => snapshot with { ResourceReady = ready });
    }

    private async Task RaiseReadyAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        try
        {
            await eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            loggers.GetLogger(id).LogError(e, "A subscriber of the readiness of '{ResourceName}' failed.", resource.Name);
            throw;
        }
    }
}
