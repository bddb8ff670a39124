using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

public class WaitTests
{
    [Fact]
    public async Task Dependant_starts_when_its_dependency_is_healthy_and_its_ready_handlers_have_run()
    {
        var events = new List<string>();
        var healthy = false;
        var builder = TestApp.CreateBuilder();
        builder.Services.AddHealthChecks().AddCheck("database_check", () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        var database = builder.AddShell("database", Script.Sleep).WithHealthCheck("database_check").OnResourceReady((_, _, _) =>
        {
            events.Add("ready");
            return Task.CompletedTask;
        });
        var api = builder.AddShell("api", Script.Sleep).WaitFor(database);
        api.WithEnvironment(_ => events.Add("api starts"));
        var starting = TestApp.StartAsync(builder);

        events.Add("healthy");
        healthy = true;
        await using var app = await starting;

        await app.UntilAsync("api", KnownResourceStates.Running);
        Assert.Equal(["healthy", "ready", "api starts"], events);
        await app.UntilLogAsync("api", "Waiting for resource 'database' to enter the 'Running' state.");
        await app.UntilLogAsync("api", "Waiting for resource 'database' to become healthy.");
        await app.UntilLogAsync("api", "Waiting for resource ready to execute for 'database'.");
        await app.UntilLogAsync("api", "Finished waiting for resource 'database'.");
    }

    [Fact]
    public async Task Dependant_of_a_finished_worker_starts()
    {
        var builder = TestApp.CreateBuilder();
        var worker = builder.AddShell("worker", "exit 0");
        builder.AddShell("api", Script.Sleep).WaitForCompletion(worker);

        await using var app = await TestApp.StartAsync(builder);

        await app.UntilAsync("api", KnownResourceStates.Running);
        var finished = await app.UntilAsync("worker", KnownResourceStates.Finished);
        Assert.Equal(0, finished.Snapshot.ExitCode);
    }

    [Fact]
    public async Task Failed_worker_fails_its_dependant_and_says_why()
    {
        var builder = TestApp.CreateBuilder();
        var worker = builder.AddShell("worker", "exit 1");
        builder.AddShell("api", Script.Sleep).WaitForCompletion(worker);

        await using var app = await TestApp.StartAsync(builder);

        await app.UntilAsync("api", KnownResourceStates.FailedToStart);
        await app.UntilLogAsync("api", "Resource 'worker' has entered the 'Finished' state with exit code '1' expected '0'.");
        await app.UntilLogAsync("api", "DistributedApplicationException: Resource 'api' stopped waiting for dependency resource 'worker' because it entered the 'Finished' state with exit code '1', expected '0'.");
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.Notifications.WaitForResourceHealthyAsync("api", app.Limit));
        Assert.Equal("Stopped waiting for resource 'api' to become healthy because it failed to start.", failure.Message);
    }

    [Fact]
    public async Task Without_a_dashboard_a_dependant_gives_up_when_its_dependency_ends()
    {
        var builder = TestApp.CreateBuilder();
        var database = builder.AddShell("database", "exit 2").WithHealthCheck("never");
        builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        builder.AddShell("api", Script.Sleep).WaitFor(database);

        await using var app = await TestApp.StartAsync(builder);

        await app.UntilAsync("api", KnownResourceStates.FailedToStart);
        await app.UntilLogAsync("api", "Resource 'database' has entered the 'Finished' state prematurely.");
    }

    [Fact]
    public async Task Start_command_ends_the_waiting()
    {
        var builder = TestApp.CreateBuilder();
        var database = builder.AddShell("database", "exit 2").WithHealthCheck("never");
        builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        builder.AddShell("api", Script.Sleep).WaitFor(database, WaitBehavior.WaitOnResourceUnavailable);
        await using var app = TestApp.Build(builder);
        var starting = app.StartAsync();
        await app.UntilAsync("database", KnownResourceStates.Finished);
        await app.UntilAsync("api", KnownResourceStates.Waiting);

        var result = await app.Commands.ExecuteCommandAsync(app.Resource("api"), "start", app.Limit);

        Assert.True(result.Success, result.Message);
        await starting;
        await app.UntilAsync("api", KnownResourceStates.Running);
    }

    [Fact]
    public async Task Waiting_for_a_connection_string_waits_for_what_it_is_made_of()
    {
        var builder = TestApp.CreateBuilder();
        var database = builder.AddShell("database", Script.Sleep).WithEndpoint(name: "tcp", scheme: "tcp", env: "PORT");
        var port = database.GetEndpoint("tcp").Property(EndpointProperty.Port);
        var connection = builder.AddConnectionString("db", ReferenceExpression.Create($"Host=localhost;Port={port}"));
        builder.AddShell("api", "echo \"got $ConnectionStrings__db\"; exec sleep 1000").WithReference(connection).WaitFor(connection);

        await using var app = await TestApp.StartAsync(builder);

        var expected = $"got Host=localhost;Port={app.Endpoint("database", "tcp").Port}";
        Assert.EndsWith(expected, await app.UntilLogAsync("api", "got "));
    }
}
