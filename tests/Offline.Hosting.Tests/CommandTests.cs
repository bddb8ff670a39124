using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

public class CommandTests
{
    [Fact]
    public async Task Stopped_resource_starts_again()
    {
        var stopped = new TaskCompletionSource<ResourceEvent>();
        var builder = TestApp.CreateBuilder();
        builder.AddShell("server", Script.Sleep).OnResourceStopped((_, e, _) =>
        {
            stopped.TrySetResult(e.ResourceEvent);
            return Task.CompletedTask;
        });
        await using var app = await TestApp.StartAsync(builder);
        await app.UntilAsync("server", KnownResourceStates.Running);

        Assert.True((await RunAsync(app, "resource-stop")).Success);
        await app.UntilAsync("server", KnownResourceStates.Finished);
        Assert.True((await RunAsync(app, "resource-start")).Success);

        var running = await app.UntilAsync("server", KnownResourceStates.Running);
        Assert.Null(running.Snapshot.ExitCode);
        Assert.Equal(KnownResourceStates.Finished, (await stopped.Task.WaitAsync(app.Limit)).Snapshot.State?.Text);
    }

    [Fact]
    public async Task Restart_makes_a_new_process_and_readiness_anew()
    {
        var ready = 0;
        var builder = TestApp.CreateBuilder();
        builder.AddSampleProject("api").OnResourceReady((_, _, _) => Task.FromResult(ready++));
        await using var app = await TestApp.StartAsync(builder);
        await app.Notifications.WaitForResourceHealthyAsync("api", app.Limit);
        var before = await app.GetAsync<SampleProject.About>("api", "/about");

        Assert.True((await RunAsync(app, KnownResourceCommands.RestartCommand, "api")).Success);

        await app.Notifications.WaitForResourceHealthyAsync("api", app.Limit);
        var after = await app.GetAsync<SampleProject.About>("api", "/about");
        Assert.NotEqual(before.ProcessId, after.ProcessId);
        Assert.Equal(2, ready);
    }

    [Fact]
    public async Task Commands_are_offered_as_the_state_allows()
    {
        var builder = TestApp.CreateBuilder();
        builder.AddShell("server", Script.Sleep).WithExplicitStart();
        await using var app = await TestApp.StartAsync(builder);

        var waiting = await app.UntilAsync("server", KnownResourceStates.NotStarted);
        Assert.True((await RunAsync(app, KnownResourceCommands.StartCommand)).Success);
        var running = await app.UntilAsync("server", KnownResourceStates.Running);

        Assert.Equal(["start"], Offered(waiting));
        Assert.Equal(["stop", "restart"], Offered(running));
    }

    [Fact]
    public async Task Own_command_gets_the_instance_and_its_failure_is_a_result()
    {
        var builder = TestApp.CreateBuilder();
        builder.AddShell("server", Script.Sleep)
            .WithCommand("greet", "Greet", context => Task.FromResult(CommandResults.Success($"Hello {context.ResourceName}")))
            .WithCommand("fail", "Fail", _ => throw new InvalidOperationException("It is broken."));
        await using var app = await TestApp.StartAsync(builder);
        var server = await app.UntilAsync("server", KnownResourceStates.Running);

        var greeting = await RunAsync(app, "greet");
        var failure = await RunAsync(app, "fail");
        var unknown = await RunAsync(app, "unknown");

        Assert.Equal($"Hello {server.ResourceId}", greeting.Message);
        Assert.Equal((false, "It is broken."), (failure.Success, failure.Message));
        Assert.False(unknown.Success);
    }

    private static Task<ExecuteCommandResult> RunAsync(TestApp app, string command, string resource = "server") =>
        app.Commands.ExecuteCommandAsync(app.Resource(resource), command, app.Limit);

    private static IEnumerable<string> Offered(ResourceEvent change) =>
        change.Snapshot.Commands.Where(command => command.State == ResourceCommandState.Enabled).Select(command => command.Name);
}
