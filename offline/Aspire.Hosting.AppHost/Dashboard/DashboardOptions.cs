namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard listens, what it asks of visitors and of telemetry, and where it learns about resources.</summary>
internal sealed record DashboardOptions(
    Uri FrontendUrl,
    Uri OtlpUrl,
    string BrowserToken,
    string OtlpApiKey,
    Uri ResourceServiceUrl,
    string ResourceServiceApiKey);
