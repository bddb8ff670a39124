using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>An application that runs on the real orchestrator, without dashboard, on random ports.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly DistributedApplication app;

    private TestApp(DistributedApplication app)
    {
        this.app = app;
        limit.CancelAfter(TimeSpan.FromSeconds(60));
    }

    public CancellationToken Limit => limit.Token;

    public ResourceNotificationService Notifications => app.ResourceNotifications;

    public ResourceCommandService Commands => app.ResourceCommands;

    public static IDistributedApplicationBuilder CreateBuilder(params string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--environment=Development", "--DcpPublisher:RandomizePorts=true", .. args],
            DisableDashboard = true,
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }

    public static TestApp Build(IDistributedApplicationBuilder builder) => new(builder.Build());

    public static async Task<TestApp> StartAsync(IDistributedApplicationBuilder builder)
    {
        var app = Build(builder);
        await app.StartAsync();
        return app;
    }

    public Task StartAsync() => app.StartAsync(Limit);

    public IResource Resource(string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);

    public async Task<ResourceEvent> UntilAsync(string resource, string state) =>
        await Notifications.WaitForResourceAsync(resource, change => change.Snapshot.State?.Text == state, Limit);

    /// <summary>Reads the resource's console until a line contains the text; the orchestrator's own lines quote the command.</summary>
    public async Task<string> UntilLogAsync(string resource, string text)
    {
        var loggers = app.Services.GetRequiredService<ResourceLoggerService>();
        await foreach (var batch in loggers.WatchAsync(Resource(resource)).WithCancellation(Limit))
            if (batch.FirstOrDefault(line => IsOwn(line) && line.Content.Contains(text, StringComparison.Ordinal)) is { Content: { } found })
                return found;

        throw new InvalidOperationException($"The console of '{resource}' ended without '{text}'.");
    }

    private static bool IsOwn(LogLine line) => !line.Content.Contains(" [sys] ", StringComparison.Ordinal);

    public Uri Endpoint(string resource, string name = "http") => new(((IResourceWithEndpoints)Resource(resource)).GetEndpoint(name).Url);

    public async Task<T> GetAsync<T>(string resource, string path)
    {
        using var http = new HttpClient { BaseAddress = Endpoint(resource) };
        return (await http.GetFromJsonAsync<T>(path, Limit))!;
    }

    public Task StopAsync() => app.StopAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        limit.Dispose();
    }
}

internal static class SampleResources
{
    public static IResourceBuilder<ExecutableResource> AddShell(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "/bin/sh", ".", "-c", script);

    public static IResourceBuilder<ProjectResource> AddSampleProject(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<SampleProject>(name).WithArgs(SampleProject.Verb).WithHttpHealthCheck("/health");
}
