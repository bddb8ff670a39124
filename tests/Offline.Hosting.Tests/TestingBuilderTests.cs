using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

public class TestingBuilderTests
{
    private static readonly string[] Args = [SampleAppHost.Verb];

    [Fact]
    public async Task Test_runs_what_the_entry_point_describes()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<SampleAppHost>(Args, cancellationToken);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        await using var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", cancellationToken);

        using var http = app.CreateHttpClient("api");

        Assert.Equal("ok", await http.GetStringAsync("/health", cancellationToken));
        Assert.NotEqual(5391, app.GetEndpoint("api").Port);
        Assert.Equal("Server=database", await app.GetConnectionStringAsync("connection", cancellationToken));
        await app.StopAsync(cancellationToken);
    }

    [Fact]
    public async Task Test_may_change_the_model_before_it_is_built()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<SampleAppHost>(
            Args, (options, settings) => settings.EnvironmentName = "Staging", cancellationToken);
        builder.AddExecutable("more", "/bin/true", ".");

        await using var app = await builder.BuildAsync(cancellationToken);

        Assert.Contains(app.Services.GetRequiredService<DistributedApplicationModel>().Resources, resource => resource.Name == "more");
        Assert.Equal("Staging", app.Services.GetRequiredService<IHostEnvironment>().EnvironmentName);
    }

    [Fact]
    public async Task Failure_of_the_entry_point_reaches_the_test()
    {
        string[] args = [SampleAppHost.Verb, "--fail=Not today."];

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DistributedApplicationTestingBuilder.CreateAsync<SampleAppHost>(args, TestContext.Current.CancellationToken));

        Assert.Equal("Not today.", failure.Message);
    }

    [Fact]
    public async Task Test_environment_is_Development_unless_a_test_says_otherwise()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<SampleAppHost>(Args, TestContext.Current.CancellationToken);

        Assert.Equal("Development", builder.Environment.EnvironmentName);
        Assert.Equal("http://localhost:4317", builder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"]);
    }
}
