using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The names under which configuration carries the AppHost's own settings.</summary>
internal static class AppHostSettings
{
    public const string OperationKey = "AppHost:Operation";
    public const string HashKey = "AppHost:Sha256";
    public const string OtlpApiKey = "AppHost:OtlpApiKey";
    public const string BrowserTokenKey = "AppHost:BrowserToken";
    public const string PublisherKey = "Publishing:Publisher";
    public const string OutputPathKey = "Pipeline:OutputPath";
    public const string StepKey = "Pipeline:Step";
    public const string UrlsKey = "ASPNETCORE_URLS";
    public const string DashboardOtlpUrlKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string ResourceServiceUrlKey = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    public const string AllowUnsecuredTransportKey = "ASPIRE_ALLOW_UNSECURED_TRANSPORT";

    private const string DefaultOtlpUrl = "http://localhost:4317";

    public static bool RandomizePorts(this IConfiguration configuration) => configuration.GetValue<bool>("DcpPublisher:RandomizePorts");

    public static string OtlpUrl(this IConfiguration configuration) => configuration[DashboardOtlpUrlKey] ?? DefaultOtlpUrl;
}
