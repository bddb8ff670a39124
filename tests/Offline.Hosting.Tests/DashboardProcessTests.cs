using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;

namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>Aspire's own dashboard, as the AppHost starts it.</summary>
public sealed class DashboardProcessTests(DashboardProcess dashboard) : IClassFixture<DashboardProcess>
{
    private static CancellationToken Cancellation => Patience.Token;

    [Theory]
    [InlineData("/", "/login?returnUrl=%2F")]
    [InlineData("/login?t=wrong", "/login")]
    [InlineData("/login?t=the-browser-token", "/")]
    public async Task Only_the_token_opens_the_dashboard(string path, string next)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = dashboard.Options.FrontendUrl };

        using var response = await http.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(next, new Uri(http.BaseAddress, response.Headers.Location!).PathAndQuery);
    }

    [Theory]
    [InlineData("the-otlp-key", HttpStatusCode.OK)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Only_the_key_lets_telemetry_in(string? key, HttpStatusCode expected)
    {
        using var http = new HttpClient { BaseAddress = dashboard.Options.OtlpUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/opentelemetry.proto.collector.logs.v1.LogsService/Export")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(new byte[5]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        if (key is not null)
            request.Headers.Add("x-otlp-api-key", key);

        using var response = await http.SendAsync(request, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_second_dashboard_on_the_same_port_is_refused()
    {
        var bundle = await DcpSession.BundleAsync();

        var refusal = Assert.Throws<DcpException>(() => DashboardExecutable.Create(bundle, dashboard.Options));

        Assert.Contains($"cannot listen on {dashboard.Options.FrontendUrl}", refusal.Message);
    }
}
