using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs Aspire's dashboard beside the resources.</summary>
internal sealed class DashboardLauncher(
    DistributedApplicationOptions options,
    IConfiguration configuration,
    IHostEnvironment environment,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    ILogger<DistributedApplication> console) : IAsyncDisposable
{
    private const string AnyPort = "http://127.0.0.1:0";

    private readonly string browserToken = configuration[AppHostSettings.BrowserTokenKey] ?? NewToken();
    private ResourceServiceHost? resourceService;

    private string FrontendUrl => configuration[AppHostSettings.UrlsKey]?.Split(';')[0]
        ?? throw new DistributedApplicationException(
            $"The dashboard has no address: the environment variable {AppHostSettings.UrlsKey} is not set. Start the AppHost with 'dotnet run', which reads it from the launch profile.");

    /// <exception cref="OptionsValidationException">The dashboard would be served over plain http and nobody allowed that.</exception>
    public void Validate()
    {
        var allowed = options.AllowUnsecuredTransport || configuration.GetValue<bool>(AppHostSettings.AllowUnsecuredTransportKey);
        if (options.DisableDashboard || allowed || FrontendUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            return;

        throw new OptionsValidationException(nameof(DashboardLauncher), typeof(DistributedApplicationOptions),
        [
            $"The 'applicationUrl' setting must be an https address unless the '{AppHostSettings.AllowUnsecuredTransportKey}' environment variable is set to true. This configuration is commonly set in the launch profile.",
        ]);
    }

    public void AnnounceUrl(ILogger logger) => logger.LogInformation("Now listening on: {DashboardUrl}", FrontendUrl.TrimEnd('/'));

    /// <summary>The dashboard asks this service what runs.</summary>
    public async Task StartResourceServiceAsync(CancellationToken cancellationToken)
    {
        if (options.DisableDashboard)
            return;

        var name = options.DashboardApplicationName ?? environment.ApplicationName;
        resourceService = new ResourceServiceHost(notifications, loggers, commands, name);
        await resourceService.StartAsync(new Uri(configuration[AppHostSettings.ResourceServiceUrlKey] ?? AnyPort), cancellationToken);
    }

    /// <summary>Returns when the dashboard answers; a dashboard that does not is reported, and nothing else.</summary>
    public async Task StartAsync(DcpClient dcp, AspireBundle bundle, CancellationToken cancellationToken)
    {
        if (resourceService is null)
            return;

        var dashboard = new DashboardOptions(
            new Uri(FrontendUrl),
            new Uri(configuration.OtlpUrl()),
            browserToken,
            configuration[AppHostSettings.OtlpApiKey]!,
            resourceService.Address,
            resourceService.ApiKey);
        try
        {
            await dcp.CreateExecutableAsync(DashboardExecutable.Create(bundle, dashboard), cancellationToken);
            await DashboardExecutable.WaitUntilReadyAsync(dashboard, cancellationToken);
            Announce(dashboard);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            console.LogError("The dashboard did not start: {Reason}", e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (resourceService is not null)
            await resourceService.DisposeAsync();
    }

    public static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private void Announce(DashboardOptions dashboard)
    {
        var frontend = FrontendUrl.TrimEnd('/');
        var login = $"{frontend}/login?t={browserToken}";
        console.LogInformation("Login to the dashboard at {DashboardLoginUrl}", login);
        console.LogInformation(
            "Aspire Dashboard\n  - Dashboard: {DashboardUrl}\n  - Login URL: {LoginUrl}\n  - OTLP/gRPC: {OtlpUrl}",
            frontend, login, dashboard.OtlpUrl.ToString().TrimEnd('/'));
    }
}
