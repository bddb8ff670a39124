using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>An application that can be run or published.</summary>
public class DistributedApplication(IHost host) : IHost, IAsyncDisposable
{
    private readonly AppHostInterceptor? interceptor = AppHostInterceptor.Current;

    public IServiceProvider Services => host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Runs until Ctrl-C or SIGTERM, or publishes and returns.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until cancelled, Ctrl-C or SIGTERM, or publishes and returns; ends the process with 1 when that fails.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (interceptor is not null && interceptor == AppHostInterceptor.Current)
        {
            await interceptor.Finished;
            return;
        }

        var succeeded = true;
        try
        {
            if (Services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode)
                await PublishAsync(cancellationToken);
            else
                await RunUntilStoppedAsync(cancellationToken);
        }
        catch (DistributedApplicationException e)
        {
            Services.GetRequiredService<ILogger<DistributedApplication>>().LogCritical("{Reason}", e.Message);
            succeeded = false;
        }
        finally
        {
            await DisposeAsync();
        }

        // The reason has been said in one sentence; an exception would bury it, and a Main that returns 0 would deny it.
        if (!succeeded)
            Environment.Exit(1);
    }

    /// <summary>Returns when everything that starts by itself has been started or has failed to.</summary>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await RaiseBeforeStartAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
    }

    /// <summary>Stops dependants before what they depend on; returns when nothing is left.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable asyncHost)
            await asyncHost.DisposeAsync();
        else
            host.Dispose();
        interceptor?.Disposed();
        GC.SuppressFinalize(this);
    }

    private async Task RunUntilStoppedAsync(CancellationToken cancellationToken)
    {
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        try
        {
            await StartAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            await host.StopAsync(CancellationToken.None);
            return;
        }

        await host.WaitForShutdownAsync(cancellationToken);
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        await RaiseBeforeStartAsync(cancellationToken);
        await Services.GetRequiredService<ManifestPublisher>().PublishAsync(cancellationToken);
    }

    private async Task RaiseBeforeStartAsync(CancellationToken cancellationToken)
    {
        var model = Services.GetRequiredService<DistributedApplicationModel>();
        InstanceNames.Assign(model);
        await Services.GetRequiredService<IDistributedApplicationEventing>()
            .PublishAsync(new BeforeStartEvent(Services, model), cancellationToken);
    }
}
