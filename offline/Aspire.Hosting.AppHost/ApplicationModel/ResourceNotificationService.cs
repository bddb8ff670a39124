using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the latest snapshot of every resource instance and tells whoever watches about changes.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly IServiceProvider services;
    private readonly WaitBehavior defaultWaitBehavior;
    private readonly DependencyWaiter waiter;
    private readonly CancellationTokenSource disposing = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, ResourceEvent> latest = new(ResourceNames.Comparer);
    private readonly List<ChannelWriter<ResourceEvent>> watchers = [];

    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger,
        IHostApplicationLifetime hostApplicationLifetime,
        IServiceProvider serviceProvider,
        ResourceLoggerService resourceLoggerService)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(hostApplicationLifetime);

        services = serviceProvider;
        var options = (IOptions<ResourceNotificationServiceOptions>?)serviceProvider.GetService(typeof(IOptions<ResourceNotificationServiceOptions>));
        defaultWaitBehavior = options?.Value.DefaultWaitBehavior ?? WaitBehavior.StopOnResourceUnavailable;
        waiter = new DependencyWaiter(this, resourceLoggerService, defaultWaitBehavior);
    }

    /// <summary>Every instance's latest event, then every change, until cancelled.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (gate)
        {
            foreach (var known in latest.Values)
                channel.Writer.TryWrite(known);
            watchers.Add(channel.Writer);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposing.Token);
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(either.Token))
                yield return change;
        }
        finally
        {
            lock (gate)
                watchers.Remove(channel.Writer);
        }
    }

    /// <summary>Changes the snapshot of every instance of the resource.</summary>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in resource.GetResolvedResourceNames())
            await PublishUpdateAsync(resource, id, stateFactory);
    }

    /// <summary>Changes the snapshot of one instance.</summary>
    public Task PublishUpdateAsync(
        IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (gate)
        {
            var before = latest.TryGetValue(resourceId, out var known) ? known.Snapshot : SnapshotFactory.Initial(resource);
            var after = SnapshotFactory.WithCurrentCommands(resource, stateFactory(before), services);
            var change = new ResourceEvent(resource, resourceId, SnapshotFactory.WithIcon(resource, SnapshotFactory.WithLiveUrls(after)));
            latest[resourceId] = change;
            foreach (var watcher in watchers)
                watcher.TryWrite(change);
        }

        return Task.CompletedTask;
    }

    /// <summary>Finds an instance by its id, or by its resource's name when there is only one.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (gate)
        {
            if (latest.TryGetValue(resourceId, out resourceEvent))
                return true;

            var sameName = latest.Values.Where(known => ResourceNames.Same(known.Resource.Name, resourceId)).Take(2).ToList();
            resourceEvent = sameName.Count == 1 ? sameName[0] : null;
            return resourceEvent is not null;
        }
    }

    /// <summary>Waits for a state, Running unless told otherwise.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits for the first of several states and returns it.</summary>
    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var targets = targetStates.ToList();
        var reached = await WaitAsync(
            resourceName,
            change => change.Snapshot.State is { } state && targets.Contains(state.Text, StringComparer.OrdinalIgnoreCase),
            $"failed to reach one of the target states: [{string.Join(", ", targets)}]",
            cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until an instance satisfies the predicate.</summary>
    public Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        WaitAsync(resourceName, predicate, "failed to meet the predicate condition", cancellationToken);

    /// <summary>Waits until the resource is healthy and its ready handlers have run.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, defaultWaitBehavior, cancellationToken);

    /// <summary>Waits until the resource is healthy; with StopOnResourceUnavailable throws when it has ended.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var stopOnUnavailable = waitBehavior == WaitBehavior.StopOnResourceUnavailable;
        var reached = await WaitAsync(
            resourceName,
            change => change.Snapshot.HealthStatus == HealthStatus.Healthy || (stopOnUnavailable && change.Snapshot.IsUnavailable()),
            "failed to become healthy",
            cancellationToken);

        if (reached.Snapshot.HealthStatus != HealthStatus.Healthy)
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");

        return await WaitUntilReadyAsync(reached.Resource, reached.ResourceId, cancellationToken);
    }

    /// <summary>Waits as the resource's WaitFor annotations say; throws when one of them can no longer be met.</summary>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken) =>
        waiter.WaitAsync(resource, cancellationToken);

    internal async Task<ResourceEvent> WaitUntilReadyAsync(IResource resource, string resourceId, CancellationToken cancellationToken)
    {
        var ready = await WaitAsync(
            resource.Name,
            change => ResourceNames.Same(change.ResourceId, resourceId) && change.Snapshot.ResourceReady is not null,
            "failed to execute the resource ready event",
            cancellationToken);
        await ready.Snapshot.ResourceReady!.WaitAsync(cancellationToken);
        return ready;
    }

    internal async Task<ResourceEvent> WaitAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, string failure, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in WatchAsync(cancellationToken))
                if (ResourceNames.Same(change.Resource.Name, resourceName) && predicate(change))
                    return change;
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(Describe(resourceName, failure), e, e.CancellationToken);
        }

        throw new OperationCanceledException(Describe(resourceName, failure));
    }

    private string Describe(string resourceName, string failure)
    {
        var known = TryGetCurrentState(resourceName, out var current) ? $"Its state is {current.Snapshot.Describe()}." : "It has no state yet.";
        return $"Resource '{resourceName}' {failure} before the operation was cancelled. {known}";
    }

    public void Dispose()
    {
        disposing.Cancel();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Settings of <see cref="ResourceNotificationService"/>.</summary>
public sealed class ResourceNotificationServiceOptions
{
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
