using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Wire;
using CommandState = Aspire.Hosting.ApplicationModel.ResourceCommandState;
using HealthStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace TenantPlatform.Offline.Hosting.Tests;

public sealed class DashboardResourceServiceTests(DashboardCaller caller) : IClassFixture<DashboardCaller>
{
    private static CancellationToken Cancellation => Patience.Token;

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task Without_the_api_key_there_is_no_answer(string key)
    {
        var stranger = new DashboardCaller { ApiKey = key };
        await stranger.InitializeAsync();

        using var response = await stranger.SendAsync("GetApplicationInformation", new ApplicationInformationRequest());

        Assert.Equal("16", response.Headers.GetValues("grpc-status").Single());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
        await stranger.DisposeAsync();
    }

    [Fact]
    public async Task The_application_tells_its_name()
    {
        var reply = await caller.StreamAsync(
            "GetApplicationInformation", new ApplicationInformationRequest(), ApplicationInformationResponse.Parser).SingleAsync(Cancellation);

        Assert.Equal("Sample", reply.ApplicationName);
    }

    [Fact]
    public async Task Unknown_methods_are_unimplemented()
    {
        using var response = await caller.SendAsync("UploadFile", new ApplicationInformationRequest());

        Assert.Equal("12", response.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Known_resources_come_first_and_then_changes()
    {
        var resource = new Sample("first");
        await caller.Notifications.PublishUpdateAsync(resource, _ => Snapshot("Starting"));
        await using var updates = Updates().GetAsyncEnumerator(Cancellation);

        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("Starting", updates.Current.InitialData.Resources.Single(known => known.DisplayName == "first").State);

        await caller.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = "Running" });
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("Running", updates.Current.Changes.Value.Single().Upsert.State);
    }

    [Fact]
    public async Task A_resource_arrives_with_all_that_the_dashboard_shows()
    {
        string[] arguments = ["-a", "-b"];
        var started = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var resource = new Sample("whole");
        await caller.Notifications.PublishUpdateAsync(resource, _ => Snapshot(new ResourceStateSnapshot("Running", "success")) with
        {
            StartTimeStamp = started,
            Properties = [new("executable.args", arguments), new("password", "p") { IsSensitive = true }],
            EnvironmentVariables = [new("NAME", "value", IsFromSpec: true)],
            Urls = [new("http", "http://localhost:1", IsInternal: false)],
            Relationships = [new("postgres", "Reference")],
            HealthReports = [new("check", HealthStatus.Unhealthy, "no answer", null), new("unasked", null, null, null)],
            IconName = "Database",
        });

        var sent = (await Updates().FirstAsync(Cancellation)).InitialData.Resources.Single(known => known.DisplayName == "whole");

        Assert.Equal(("Running", "success", "Database"), (sent.State, sent.StateStyle, sent.IconName));
        Assert.Equal(started, sent.StartedAt.ToDateTime());
        Assert.Equal(arguments, Property(sent, "executable.args").Value.ListValue.Values.Select(value => value.StringValue));
        Assert.True(Property(sent, "password").IsSensitive);
        Assert.False(Property(sent, "executable.args").IsSensitive);
        Assert.Equal(("NAME", "value", true), (sent.Environment[0].Name, sent.Environment[0].Value, sent.Environment[0].IsFromSpec));
        Assert.NotNull(Assert.Single(sent.Urls).DisplayProperties);
        Assert.Equal(("postgres", "Reference"), (sent.Relationships[0].ResourceName, sent.Relationships[0].Type));
        Assert.Equal((true, false), (sent.HealthReports[0].HasStatus, sent.HealthReports[1].HasStatus));
    }

    [Fact]
    public async Task Console_lines_are_followed()
    {
        caller.Loggers.AddLine("talker", DateTimeOffset.UnixEpoch, "before", isError: true);
        await using var updates = Logs(new WatchResourceConsoleLogsRequest { ResourceName = "talker" }).GetAsyncEnumerator(Cancellation);

        Assert.True(await updates.MoveNextAsync());
        var line = updates.Current.LogLines.Single();
        Assert.Equal(("1970-01-01T00:00:00.0000000Z before", 1, true), (line.Text, line.LineNumber, line.IsStdErr));

        caller.Loggers.AddLine("talker", DateTimeOffset.UnixEpoch, "after", isError: false);
        Assert.True(await updates.MoveNextAsync());
        Assert.EndsWith("after", updates.Current.LogLines.Single().Text);
    }

    [Fact]
    public async Task Console_lines_end_when_nobody_wants_to_follow()
    {
        caller.Loggers.AddLine("quiet", timestamp: null, "only", isError: false);

        var updates = await Logs(new WatchResourceConsoleLogsRequest { ResourceName = "quiet", SuppressFollow = true }).ToListAsync(Cancellation);

        Assert.EndsWith("only", updates.SelectMany(update => update.LogLines).Single().Text);
    }

    [Theory]
    [InlineData("good", ResourceCommandResponseKind.Succeeded, "All good.")]
    [InlineData("bad", ResourceCommandResponseKind.Failed, "It broke.")]
    [InlineData("given-up", ResourceCommandResponseKind.Cancelled, "")]
    [InlineData("missing", ResourceCommandResponseKind.Failed, "Command 'missing' not available for resource 'worker'.")]
    internal async Task A_command_runs_and_its_result_comes_back(string command, ResourceCommandResponseKind kind, string message)
    {
        var resource = new Sample("worker");
        resource.Annotations.Add(Command("good", () => CommandResults.Success("All good.")));
        resource.Annotations.Add(Command("bad", () => throw new InvalidOperationException("It broke.")));
        resource.Annotations.Add(Command("given-up", CommandResults.Canceled));
        await caller.Notifications.PublishUpdateAsync(resource, _ => Snapshot("Running"));

        var reply = await caller.StreamAsync(
            "ExecuteResourceCommand",
            new ResourceCommandRequest { ResourceName = "worker", CommandName = command },
            ResourceCommandResponse.Parser).SingleAsync(Cancellation);

        Assert.Equal((kind, message), (reply.Kind, reply.Message));
    }

    [Fact]
    public async Task The_stream_of_questions_is_open_and_silent()
    {
        using var response = await caller.SendAsync("WatchInteractions", new InteractionAnswer());

        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.MediaType);
        Assert.False(response.Headers.Contains("grpc-status"));
    }

    [Fact]
    public async Task A_taken_port_is_named_in_the_refusal()
    {
        await using var second = new ResourceServiceHost(caller.Notifications, caller.Loggers, null!, "Second");

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => second.StartAsync(caller.Host.Address, Cancellation));

        Assert.Contains($"cannot listen on port {caller.Host.Address.Port}", refusal.Message);
    }

    private IAsyncEnumerable<WatchResourcesUpdate> Updates() =>
        caller.StreamAsync("WatchResources", new WatchResourcesRequest(), WatchResourcesUpdate.Parser);

    private IAsyncEnumerable<WatchResourceConsoleLogsUpdate> Logs(WatchResourceConsoleLogsRequest request) =>
        caller.StreamAsync("WatchResourceConsoleLogs", request, WatchResourceConsoleLogsUpdate.Parser);

    private static ResourceProperty Property(Aspire.Hosting.Dashboard.Wire.Resource resource, string name) =>
        resource.Properties.Single(property => property.Name == name);

    private static CustomResourceSnapshot Snapshot(ResourceStateSnapshot? state) =>
        new() { ResourceType = "Sample", Properties = [], State = state };

    private static ResourceCommandAnnotation Command(string name, Func<ExecuteCommandResult> run) => new(
        name, name, _ => CommandState.Enabled, _ => Task.FromResult(run()), null, null, null, null, null, isHighlighted: false);

    private sealed class Sample(string name) : Aspire.Hosting.ApplicationModel.Resource(name);
}
