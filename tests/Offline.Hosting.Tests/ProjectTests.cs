using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

public class ProjectTests
{
    [Fact]
    public async Task Project_gets_the_variables_that_Aspire_gives()
    {
        var builder = TestApp.CreateBuilder("--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4711", "--AppHost:OtlpApiKey=key");
        builder.AddSampleProject("api");
        await using var app = await TestApp.StartAsync(builder);
        var healthy = await app.Notifications.WaitForResourceHealthyAsync("api", app.Limit);

        var environment = await app.GetAsync<Dictionary<string, string>>("api", "/env");

        var expected = new Dictionary<string, string>
        {
            ["OTEL_SERVICE_NAME"] = "api",
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={healthy.ResourceId["api-".Length..]}",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4711",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-otlp-api-key=key",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_TRACES_SAMPLER"] = "always_on",
            ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
            ["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true",
            ["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true",
            ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true",
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
            ["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true",
            ["DOTNET_LAUNCH_PROFILE"] = "http",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["FROM_PROFILE"] = "yes",
        };
        Assert.Equal(expected, environment.Where(pair => expected.ContainsKey(pair.Key)).ToDictionary());
        Assert.NotEqual($"http://localhost:{app.Endpoint("api").Port}", environment["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task Project_runs_in_its_own_folder_with_its_arguments()
    {
        var builder = TestApp.CreateBuilder();
        builder.AddSampleProject("api").WithArgs("--hello", "world");
        await using var app = await TestApp.StartAsync(builder);
        await app.Notifications.WaitForResourceHealthyAsync("api", app.Limit);

        var about = await app.GetAsync<SampleProject.About>("api", "/about");

        Assert.Equal(Path.GetDirectoryName(new SampleProject().ProjectPath), about.Folder);
        Assert.Equal([SampleProject.Verb, "--hello", "world"], about.Args);
    }

    [Fact]
    public async Task Replicas_share_a_port_and_have_an_id_each()
    {
        var builder = TestApp.CreateBuilder();
        builder.AddSampleProject("api").WithReplicas(2);
        await using var app = await TestApp.StartAsync(builder);
        var ids = app.Resource("api").GetResolvedResourceNames();
        foreach (var id in ids)
            await app.Notifications.WaitForResourceAsync("api", change => change.ResourceId == id && change.Snapshot.State?.Text == "Running", app.Limit);
        await app.Notifications.WaitForResourceHealthyAsync("api", app.Limit);

        var processes = new HashSet<int>();
        while (processes.Count < 2)
            processes.Add((await app.GetAsync<SampleProject.About>("api", "/about")).ProcessId);

        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^api-[a-z]{8}$", id));
    }

    [Fact]
    public async Task Project_is_found_by_its_name()
    {
        var builder = TestApp.CreateBuilder();
        var api = builder.AddSampleProject("api");
        builder.AddShell("web", "echo \"$API_HTTP $services__api__http__0\"; exec sleep 1000").WithReference(api);

        await using var app = await TestApp.StartAsync(builder);

        var url = app.Endpoint("api").ToString().TrimEnd('/');
        Assert.EndsWith($"{url} {url}", await app.UntilLogAsync("web", "http://"));
    }

    [Fact]
    public async Task Executable_gets_nothing_that_the_model_does_not_say()
    {
        var builder = TestApp.CreateBuilder();
        builder.AddShell("plain", Script.Sleep);

        await using var app = await TestApp.StartAsync(builder);

        var plain = await app.UntilAsync("plain", KnownResourceStates.Running);
        Assert.Empty(plain.Snapshot.EnvironmentVariables);
    }

    [Fact]
    public async Task Endpoint_without_proxy_keeps_the_port_of_the_model()
    {
        var builder = TestApp.CreateBuilder();
        var port = FreePort.Any();
        builder.AddSampleProject("api").WithEndpoint("http", endpoint =>
        {
            endpoint.Port = port;
            endpoint.IsProxied = false;
        });
        await using var app = await TestApp.StartAsync(builder);
        await app.Notifications.WaitForResourceHealthyAsync("api", app.Limit);

        var environment = await app.GetAsync<Dictionary<string, string>>("api", "/env");

        Assert.Equal(port, app.Endpoint("api").Port);
        Assert.Equal($"http://localhost:{port}", environment["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task Taken_port_fails_the_resource_with_a_sentence()
    {
        using var taken = new FreePort();
        var builder = TestApp.CreateBuilder();
        builder.AddShell("server", Script.Sleep).WithEndpoint(port: taken.Number, name: "tcp", scheme: "tcp", isProxied: false);

        await using var app = await TestApp.StartAsync(builder);

        await app.UntilAsync("server", KnownResourceStates.FailedToStart);
        await app.UntilLogAsync("server", $"Port {taken.Number}");
    }
}
