using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Dashboard;

/// <summary>Aspire's dashboard as a process of the orchestrator.</summary>
internal static class DashboardExecutable
{
    public const string Name = "aspire-dashboard";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <exception cref="DcpException">A port is taken: another dashboard there would pass for this one.</exception>
    public static DcpExecutable Create(AspireBundle bundle, DashboardOptions options)
    {
        foreach (var url in new[] { options.FrontendUrl, options.OtlpUrl })
            if (LoopbackPort.IsTaken(url.Port))
                throw new DcpException(
                    $"The dashboard cannot listen on {url} because the port is taken: is another AppHost running? End it, or change the address in launchSettings.json.");

        return new DcpExecutable
        {
            Name = Name,
            ExecutablePath = bundle.DashboardPath,
            WorkingDirectory = bundle.DashboardDirectory,
            Args = ["dashboard"],
            Environment = [.. ToEnvironment(options)],
        };
    }

    public static async Task WaitUntilReadyAsync(DashboardOptions options, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = options.FrontendUrl };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartTimeout);
        try
        {
            while (!await IsHealthyAsync(http, limit.Token))
                await Task.Delay(PollInterval, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DcpException($"The dashboard did not answer at {options.FrontendUrl} within {StartTimeout.TotalSeconds} seconds.");
        }
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("/health", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> ToEnvironment(DashboardOptions options) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = Origin(options.FrontendUrl),
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = Origin(options.OtlpUrl),
        ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = Origin(options.ResourceServiceUrl),
        ["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken",
        ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = options.BrowserToken,
        ["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = options.OtlpApiKey,
        ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = options.ResourceServiceApiKey,
        ["DASHBOARD__API__DISABLED"] = "true",
    };

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
