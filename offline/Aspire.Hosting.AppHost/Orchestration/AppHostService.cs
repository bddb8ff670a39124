using System.Reflection;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Brings up Aspire's orchestrator, the dashboard and the resources, and takes them down in order.</summary>
internal sealed class AppHostService(
    DistributedApplicationOptions options,
    IConfiguration configuration,
    Orchestrator orchestrator,
    DashboardLauncher dashboard,
    HealthMonitor health,
    ExecutableWatcher watcher,
    OrderedShutdown shutdown,
    IHostApplicationLifetime lifetime,
    ILogger<DistributedApplication> logger) : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource running = new();
    private Task background = Task.CompletedTask;
    private DcpClient? dcp;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        dashboard.Validate();
        health.Validate();
        Announce();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await StartEverythingAsync(either.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Ctrl-C while something still waits is an ordinary end, not a failed start.
        }
        catch (Exception)
        {
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (running.IsCancellationRequested)
            return;

        orchestrator.CancelStarts();
        if (dcp is not null)
        {
            logger.LogInformation("Distributed application stopping.");
            await shutdown.StopProcessesAsync(dcp);
        }

        await running.CancelAsync();
        await background;
        // The dashboard goes with the session.
        if (dcp is not null)
            await shutdown.EndSessionAsync(dcp);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        await dashboard.DisposeAsync();
        running.Dispose();
    }

    private async Task StartEverythingAsync(CancellationToken cancellationToken)
    {
        await orchestrator.InitializeAsync(cancellationToken);
        var resourceService = dashboard.StartResourceServiceAsync(cancellationToken);
        var bundle = await AspireBundle.EnsureAsync(line => logger.LogInformation("{Progress}", line), cancellationToken);
        dcp = await DcpClient.StartAsync(bundle, cancellationToken);

        background = Task.WhenAll(health.RunAsync(running.Token), watcher.RunAsync(dcp, running.Token));
        await resourceService;
        var shown = dashboard.StartAsync(dcp, bundle, cancellationToken);
        await orchestrator.StartAsync(dcp, cancellationToken);
        await shown;
        logger.LogInformation("Distributed application started. Press Ctrl+C to shut down.");
    }

    private void Announce()
    {
        var version = typeof(DistributedApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        logger.LogInformation("Aspire AppHost version: {Version}", version);
        logger.LogInformation("Distributed application starting.");
        logger.LogInformation("Application host directory is: {Directory}", configuration["AppHost:Directory"]);
        if (options.DisableDashboard)
            return;

        dashboard.AnnounceUrl(logger);
    }
}
