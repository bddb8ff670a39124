using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Turns the application model into processes.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ParameterInitializer parameters,
    EndpointAllocator endpoints,
    ExecutableFactory executables,
    ExecutableWatcher watcher,
    ILogger<Orchestrator> logger) : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<IResource, TaskCompletionSource> waiting = [];
    private DcpClient? dcp;

    private DcpClient Dcp => dcp ?? throw new DistributedApplicationException("The application has not been started yet; start it first.");

    /// <summary>Gives every resource its first state and lets those without a process begin.</summary>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        eventing.Subscribe<BeforeResourceStartedEvent>((@event, token) => WaitForDependenciesAsync(@event.Resource, token));
        foreach (var resource in model.Resources.Where(resource => resource is ProjectResource or ExecutableResource))
            LifecycleCommands.AddTo(resource, this);

        await parameters.InitializeAsync(model);
        foreach (var resource in model.Resources)
        {
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { HealthReports = HealthMonitor.InitialReports(resource) });
            await eventing.PublishAsync(
                new InitializeResourceEvent(resource, eventing, loggers, notifications, services),
                EventDispatchBehavior.NonBlockingConcurrent,
                stopping.Token);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Returns when everything that starts by itself has been started or has failed to.</summary>
    public async Task StartAsync(DcpClient client, CancellationToken cancellationToken)
    {
        dcp = client;
        var failed = await endpoints.AllocateAsync(model, client, cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        var starts = model.Resources
            .Where(resource => resource is ProjectResource or ExecutableResource)
            .Where(resource => !failed.Contains(resource) && !resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
            .Select(resource => StartAsync(resource, Instances(resource), either.Token));
        await Containers.ReportUnhealthyAsync(model, notifications, logger);
        foreach (var resource in model.Resources.Where(resource => resource.HasAnnotationOfType<ExplicitStartupAnnotation>()))
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.NotStarted });

        await Task.WhenAll(starts);
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken);
    }

    public void CancelStarts() => stopping.Cancel();

    public void Dispose() => stopping.Dispose();

    /// <summary>Starts one process; one that waits for others stops waiting.</summary>
    public async Task StartInstanceAsync(string id, CancellationToken cancellationToken)
    {
        var (resource, instance, state) = Find(id);
        if (state == KnownResourceStates.Waiting && waiting.TryGetValue(resource, out var skip))
        {
            skip.TrySetResult();
            return;
        }

        await Dcp.DeleteExecutableAsync(instance.Name, cancellationToken);
        // The command's caller may go away; the start must not.
        await StartAsync(resource, [instance], stopping.Token);
    }

    public async Task StopInstanceAsync(string id, CancellationToken cancellationToken)
    {
        var (resource, instance, _) = Find(id);
        await notifications.PublishUpdateAsync(resource, instance.Name, snapshot => snapshot with { State = KnownResourceStates.Stopping });
        await Dcp.StopExecutableAsync(instance.Name, cancellationToken);
        await notifications.WaitForResourceAsync(
            resource.Name,
            change => change.ResourceId == instance.Name && KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text),
            cancellationToken);
    }

    private async Task StartAsync(IResource resource, IReadOnlyList<DcpInstance> instances, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var instance in instances)
                await notifications.PublishUpdateAsync(resource, instance.Name, snapshot => AsStarting(snapshot, resource));
            if (resource is IResourceWithConnectionString)
                await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken);
            await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken);
            foreach (var instance in instances)
                await CreateAsync(resource, instance, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            loggers.GetLogger(resource).LogError(e, "Failed to create resource {ResourceName}", resource.Name);
            foreach (var instance in instances)
                await notifications.PublishUpdateAsync(resource, instance.Name, snapshot => snapshot with { State = KnownResourceStates.FailedToStart });
        }
    }

    private async Task CreateAsync(IResource resource, DcpInstance instance, CancellationToken cancellationToken)
    {
        var executable = await executables.CreateAsync(resource, instance, cancellationToken);
        await notifications.PublishUpdateAsync(resource, instance.Name, snapshot => ExecutableFactory.Describe(snapshot, resource, executable));
        watcher.Expect(resource, instance.Name);
        await Dcp.CreateExecutableAsync(executable, cancellationToken);
        watcher.ReadLogs(instance.Name);
    }

    private async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        var skip = waiting[resource] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await await Task.WhenAny(notifications.WaitForDependenciesAsync(resource, either.Token), skip.Task);
        }
        finally
        {
            waiting.TryRemove(resource, out _);
            await either.CancelAsync();
        }

        await notifications.PublishUpdateAsync(resource, snapshot => snapshot.State?.Text == KnownResourceStates.Waiting
            ? snapshot with { State = KnownResourceStates.Starting }
            : snapshot);
    }

    private (IResource Resource, DcpInstance Instance, string? State) Find(string id)
    {
        if (!notifications.TryGetCurrentState(id, out var current))
            throw new DistributedApplicationException($"Resource '{id}' not found.");

        var instance = Instances(current.Resource).Single(known => known.Name == current.ResourceId);
        return (current.Resource, instance, current.Snapshot.State?.Text);
    }

    private static CustomResourceSnapshot AsStarting(CustomResourceSnapshot snapshot, IResource resource) => snapshot with
    {
        State = KnownResourceStates.Starting,
        HealthReports = HealthMonitor.InitialReports(resource),
        ResourceReady = null,
        CreationTimeStamp = null,
        StartTimeStamp = null,
        StopTimeStamp = null,
        ExitCode = null,
    };

    internal static IReadOnlyList<DcpInstance> Instances(IResource resource) =>
        resource.TryGetLastAnnotation<DcpInstancesAnnotation>(out var annotation) ? annotation.Instances : [];
}
