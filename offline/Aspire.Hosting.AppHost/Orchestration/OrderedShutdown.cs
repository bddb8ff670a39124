using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Stops dependants before what they depend on, then the orchestrator and its dashboard, within ten seconds.
/// What hangs loses its turn, and in the end its life.
/// </summary>
internal sealed class OrderedShutdown(DistributedApplicationModel model, ExecutableWatcher watcher, ILogger<OrderedShutdown> logger)
{
    private static readonly TimeSpan InOrder = TimeSpan.FromSeconds(6.5);
    private static readonly TimeSpan AllAtOnce = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(9.8);

    private Stopwatch began = Stopwatch.StartNew();

    public async Task StopProcessesAsync(DcpClient dcp)
    {
        began = Stopwatch.StartNew();
        try
        {
            if (await TryAsync(InOrder, token => StopInOrderAsync(dcp, token)))
                return;

            await TryAsync(AllAtOnce, token => StopAllAsync(dcp, token));
            KillSurvivors();
        }
        catch (HttpRequestException e)
        {
            // An orchestrator that is gone has taken its processes with it.
            logger.LogDebug(e, "The orchestrator ended before it was told to.");
        }
    }

    public Task EndSessionAsync(DcpClient dcp) => TryAsync(Total - began.Elapsed, dcp.ShutdownAsync);

    private static async Task<bool> TryAsync(TimeSpan time, Func<CancellationToken, Task> work)
    {
        using var limit = new CancellationTokenSource(time);
        try
        {
            await work(limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task StopInOrderAsync(DcpClient dcp, CancellationToken cancellationToken)
    {
        var order = new StopOrder(model);
        var stops = new Dictionary<IResource, Task>();
        foreach (var resource in order.DependantsFirst)
        {
            var dependants = order.DependantsOf(resource).Select(dependant => stops.GetValueOrDefault(dependant, Task.CompletedTask)).ToList();
            stops[resource] = StopAfterAsync(dependants, resource);
        }

        await Task.WhenAll(stops.Values);

        async Task StopAfterAsync(List<Task> dependants, IResource resource)
        {
            await Task.WhenAll(dependants);
            await Task.WhenAll(Orchestrator.Instances(resource).Select(instance => StopAsync(dcp, instance.Name, cancellationToken)));
        }
    }

    private Task StopAllAsync(DcpClient dcp, CancellationToken cancellationToken) =>
        Task.WhenAll(watcher.Alive.Select(status => StopAsync(dcp, status.Name, cancellationToken)));

    private Task StopAsync(DcpClient dcp, string id, CancellationToken cancellationToken) =>
        watcher.Knows(id) ? dcp.StopExecutableAsync(id, cancellationToken) : Task.CompletedTask;

    private void KillSurvivors()
    {
        foreach (var pid in watcher.Alive.Select(status => status.Pid).OfType<int>())
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill(entireProcessTree: true);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It has ended in the meantime.
            }
        }
    }
}
