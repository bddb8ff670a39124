using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>The start, stop and restart buttons of every process.</summary>
internal static class LifecycleCommands
{
    public static void AddTo(IResource resource, Orchestrator orchestrator)
    {
        Add(KnownResourceCommands.StartCommand, "Start", "Play", WhenNotRunning, orchestrator.StartInstanceAsync);
        Add(KnownResourceCommands.StopCommand, "Stop", "Stop", WhenRunning, orchestrator.StopInstanceAsync);
        Add(KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", WhenRunning, async (id, cancellationToken) =>
        {
            await orchestrator.StopInstanceAsync(id, cancellationToken);
            await orchestrator.StartInstanceAsync(id, cancellationToken);
        });

        void Add(string name, string displayName, string icon, Func<string?, ResourceCommandState> offered, Func<string, CancellationToken, Task> run) =>
            resource.Annotations.Add(new ResourceCommandAnnotation(
                name,
                displayName,
                context => offered(context.ResourceSnapshot.State?.Text),
                async context =>
                {
                    await run(context.ResourceName, context.CancellationToken);
                    return CommandResults.Success();
                },
                $"{displayName} resource",
                parameter: null,
                confirmationMessage: null,
                icon,
                name == KnownResourceCommands.RestartCommand ? IconVariant.Regular : IconVariant.Filled,
                isHighlighted: name != KnownResourceCommands.RestartCommand));
    }

    private static ResourceCommandState WhenNotRunning(string? state)
    {
        if (state == KnownResourceStates.Starting)
            return ResourceCommandState.Disabled;

        return state is null || state == KnownResourceStates.Running || state == KnownResourceStates.Stopping
            ? ResourceCommandState.Hidden
            : ResourceCommandState.Enabled;
    }

    private static ResourceCommandState WhenRunning(string? state)
    {
        if (state == KnownResourceStates.Running)
            return ResourceCommandState.Enabled;

        return state == KnownResourceStates.Starting || state == KnownResourceStates.Stopping
            ? ResourceCommandState.Disabled
            : ResourceCommandState.Hidden;
    }
}
