using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

internal static class AppHostServices
{
    public static void AddAppHostServices(
        this HostApplicationBuilder host, DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        host.Services.AddSingleton(options);
        host.Services.AddSingleton(builder.ExecutionContext);
        host.Services.AddSingleton(builder.Eventing);
        host.Services.AddSingleton(builder.UserSecrets);
        host.Services.AddSingleton(TimeProvider.System);
        host.Services.AddSingleton(_ => new DistributedApplicationModel(builder.Resources));
        host.Services.AddSingleton<ManifestPublisher>();
        host.Services.AddSingleton<ResourceNotificationService>();
        host.Services.AddSingleton(services => new ResourceLoggerService(services.GetRequiredService<TimeProvider>()));
        host.Services.AddSingleton(services => new ResourceCommandService(
            services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<ResourceLoggerService>(), services));
        host.Services.Configure<ResourceNotificationServiceOptions>(settings => settings.DefaultWaitBehavior =
            options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);

        host.AddLogging();
        host.Services.AddHealthChecks();
        host.Services.AddSingleton<HttpHealthCheckClient>();
        if (builder.ExecutionContext.IsRunMode)
            host.AddOrchestrator(builder, options);
    }

    private static void AddLogging(this HostApplicationBuilder host)
    {
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Who starts the application reports a failed start itself.
        host.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // While a resource starts, its health checks fail; the dashboard shows that, the console need not.
        host.Logging.AddFilter(typeof(HealthCheckService).Namespace, LogLevel.None);
        host.Logging.AddConfiguration(host.Configuration.GetSection("Logging"));
    }

    private static void AddOrchestrator(
        this HostApplicationBuilder host, DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        if (!options.DisableDashboard)
            builder.Configuration[AppHostSettings.OtlpApiKey] ??=
                builder.UserSecrets.GetOrAdd(AppHostSettings.OtlpApiKey, DashboardLauncher.NewToken);

        host.Services.AddSingleton<ResourceUrls>();
        host.Services.AddSingleton<ParameterInitializer>();
        host.Services.AddSingleton<EndpointAllocator>();
        host.Services.AddSingleton<ExecutableFactory>();
        host.Services.AddSingleton<ExecutableWatcher>();
        host.Services.AddSingleton<HealthMonitor>();
        host.Services.AddSingleton<DashboardLauncher>();
        host.Services.AddSingleton<OrderedShutdown>();
        host.Services.AddSingleton<Orchestrator>();
        if (options.EnableResourceLogging)
            host.Services.AddHostedService<ResourceLogForwarder>();
        host.Services.AddHostedService<AppHostService>();
    }
}
