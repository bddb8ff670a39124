using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Holds a resource back until everything it waits for has come as far as its annotations ask.</summary>
internal sealed class DependencyWaiter(
    ResourceNotificationService notifications, ResourceLoggerService loggers, WaitBehavior defaultBehavior)
{
    public async Task WaitAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>()
            .Where(wait => wait.Resource is not IResourceWithoutLifetime)
            .ToList();
        if (waits.Count == 0)
            return;

        await notifications.PublishUpdateAsync(resource, AsWaiting);
        // Every wait logs on the resource's own console, so that the dashboard shows what it is waiting for.
        var logger = loggers.GetLogger(resource);
        await Task.WhenAll(waits.Select(wait => WaitForOneAsync(resource, wait, logger, cancellationToken)));
    }

    private static CustomResourceSnapshot AsWaiting(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text;
        return state is null || state == KnownResourceStates.Starting || state == KnownResourceStates.NotStarted
            ? snapshot with { State = KnownResourceStates.Waiting }
            : snapshot;
    }

    private Task WaitForOneAsync(IResource resource, WaitAnnotation wait, ILogger logger, CancellationToken cancellationToken)
    {
        if (wait.WaitType == WaitType.WaitForCompletion)
            logger.LogInformation("Waiting for resource '{ResourceName}' to complete.", wait.Resource.Name);
        else
            logger.LogInformation("Waiting for resource '{ResourceName}' to enter the '{State}' state.", wait.Resource.Name, KnownResourceStates.Running);

        var ids = wait.Resource.GetResolvedResourceNames();
        return Task.WhenAll(ids.Select(id =>
        {
            var one = new OneWait(resource, wait, id, ids.Length > 1 ? id : wait.Resource.Name, logger);
            return wait.WaitType == WaitType.WaitForCompletion
                ? WaitForCompletionAsync(one, cancellationToken)
                : WaitForRunningAsync(one, cancellationToken);
        }));
    }

    private async Task WaitForCompletionAsync(OneWait one, CancellationToken cancellationToken)
    {
        var ended = await notifications.WaitAsync(
            one.Wait.Resource.Name,
            change => one.Concerns(change)
                && (change.Snapshot.ExitCode is not null || KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text)),
            "failed to reach a terminal state",
            cancellationToken);

        var state = ended.Snapshot.State?.Text;
        if (state == KnownResourceStates.FailedToStart)
            throw one.FailedToStart();
        if (ended.Snapshot.ExitCode is { } exitCode && exitCode != one.Wait.ExitCode)
            throw one.WrongExitCode(state, exitCode);

        one.Finished();
    }

    private async Task WaitForRunningAsync(OneWait one, CancellationToken cancellationToken)
    {
        var stopOnUnavailable = (one.Wait.WaitBehavior ?? defaultBehavior) == WaitBehavior.StopOnResourceUnavailable;
        bool Unavailable(ResourceEvent change) => stopOnUnavailable && change.Snapshot.IsUnavailable();

        var reached = await notifications.WaitAsync(
            one.Wait.Resource.Name,
            change => one.Concerns(change) && (change.Snapshot.State?.Text == KnownResourceStates.Running || Unavailable(change)),
            "failed to reach the 'Running' state",
            cancellationToken);
        one.ThrowIfUnavailable(reached.Snapshot);

        if (one.Wait.WaitType == WaitType.WaitUntilHealthy)
            await WaitForHealthAsync(one, Unavailable, cancellationToken);
        one.Finished();
    }

    private async Task WaitForHealthAsync(OneWait one, Func<ResourceEvent, bool> unavailable, CancellationToken cancellationToken)
    {
        var dependency = one.Wait.Resource;
        if (dependency.Annotations.OfType<HealthCheckAnnotation>().Any())
        {
            one.Logger.LogInformation("Waiting for resource '{ResourceName}' to become healthy.", one.DisplayName);
            var healthy = await notifications.WaitAsync(
                dependency.Name,
                change => one.Concerns(change) && (change.Snapshot.HealthStatus == HealthStatus.Healthy || unavailable(change)),
                "failed to become healthy",
                cancellationToken);
            one.ThrowIfUnavailable(healthy.Snapshot);
        }

        one.Logger.LogInformation("Waiting for resource ready to execute for '{ResourceName}'.", one.DisplayName);
        await notifications.WaitUntilReadyAsync(dependency, one.ResourceId, cancellationToken);
    }

    private sealed record OneWait(IResource Waiting, WaitAnnotation Wait, string ResourceId, string DisplayName, ILogger Logger)
    {
        public bool Concerns(ResourceEvent change) => ResourceNames.Same(change.ResourceId, ResourceId);

        public void Finished() => Logger.LogInformation("Finished waiting for resource '{ResourceName}'.", DisplayName);

        public void ThrowIfUnavailable(CustomResourceSnapshot snapshot)
        {
            var state = snapshot.State?.Text;
            if (state == KnownResourceStates.FailedToStart)
                throw FailedToStart();
            if (snapshot.IsUnavailable())
                throw Ended(state);
        }

        public DistributedApplicationException FailedToStart()
        {
            Logger.LogError("Dependency resource '{ResourceName}' failed to start.", DisplayName);
            return Stopped("it failed to start.");
        }

        public DistributedApplicationException WrongExitCode(string? state, int exitCode)
        {
            Logger.LogError(
                "Resource '{ResourceName}' has entered the '{State}' state with exit code '{ExitCode}' expected '{ExpectedExitCode}'.",
                DisplayName, state, exitCode, Wait.ExitCode);
            return Stopped($"it entered the '{state}' state with exit code '{exitCode}', expected '{Wait.ExitCode}'.");
        }

        private DistributedApplicationException Ended(string? state)
        {
            Logger.LogError("Resource '{ResourceName}' has entered the '{State}' state prematurely.", DisplayName, state);
            return Stopped($"it entered the '{state}' state prematurely.");
        }

        private DistributedApplicationException Stopped(string because) =>
            new($"Resource '{Waiting.Name}' stopped waiting for dependency resource '{DisplayName}' because {because}");
    }
}
