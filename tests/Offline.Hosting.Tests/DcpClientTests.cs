using Aspire.Hosting.Dcp;
using TenantPlatform.Offline.Hosting.Tests.Samples;
using static TenantPlatform.Offline.Hosting.Tests.DcpSession;

namespace TenantPlatform.Offline.Hosting.Tests;

public sealed class DcpClientTests(DcpSession session) : IClassFixture<DcpSession>
{
    private readonly DcpClient dcp = session.Client;

    private static CancellationToken Cancellation => Patience.Token;

    [Fact]
    public async Task A_service_passes_connections_on_to_the_process_behind_it()
    {
        var address = await dcp.CreateServiceAsync(new DcpService("web", Port: null, Proxied: true), Cancellation);
        await dcp.CreateExecutableAsync(new DcpExecutable
        {
            Name = "web-1",
            ExecutablePath = "dotnet",
            WorkingDirectory = AppContext.BaseDirectory,
            Args = [typeof(SampleProject).Assembly.Location, SampleProject.Verb],
            Environment = [new("ASPNETCORE_URLS", "http://127.0.0.1:{{- portForServing \"web\" -}}")],
            Produces = [new DcpProducer("web", Address: null, Port: null)],
        }, Cancellation);
        // The service accepts connections before the process does, and such a connection hangs.
        await dcp.ReadLogsAsync("web-1", DcpLogSource.Stdout, Cancellation).FirstAsync(line => line.Text.Contains("Now listening"), Cancellation);

        using var http = new HttpClient();

        Assert.Equal("ok", await http.GetStringAsync($"http://{address.Host}:{address.Port}/health", Cancellation));
    }

    [Fact]
    public async Task A_taken_port_is_named_in_the_refusal()
    {
        using var other = new FreePort();

        var refusal = await Assert.ThrowsAsync<DcpException>(
            () => dcp.CreateServiceAsync(new DcpService("late", other.Number, Proxied: true), Cancellation));

        Assert.StartsWith($"Port {other.Number}, which 'late' should have, is taken", refusal.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_has_the_port_it_asks_for(bool proxied)
    {
        var port = FreePort.Any();

        var address = await dcp.CreateServiceAsync(new DcpService($"fixed-{proxied}".ToLowerInvariant(), port, proxied), Cancellation);

        Assert.Equal(port, address.Port);
        Assert.Equal(proxied, LoopbackPort.IsTaken(port));
    }

    [Fact]
    public async Task The_watch_tells_how_a_process_ended()
    {
        await dcp.CreateExecutableAsync(Shell("three", "exit 3"), Cancellation);

        var end = await WaitAsync(dcp, "three", status => status.HasEnded);

        Assert.Equal(("Finished", 3), (end.State, end.ExitCode));
        Assert.NotNull(end.FinishedAt);
    }

    [Fact]
    public async Task The_watch_tells_why_a_process_did_not_start()
    {
        await dcp.CreateExecutableAsync(Shell("nobody", "") with { ExecutablePath = "/no/such/program" }, Cancellation);

        var end = await WaitAsync(dcp, "nobody", status => status.HasEnded);

        Assert.Equal("FailedToStart", end.State);
        Assert.Contains("/no/such/program: no such file or directory", end.Message);
    }

    [Fact]
    public async Task A_stopped_and_deleted_executable_leaves_its_name_free()
    {
        await dcp.CreateExecutableAsync(Shell("again", "exec sleep 1000"), Cancellation);
        var first = await WaitAsync(dcp, "again", status => status.State == "Running");

        await dcp.StopExecutableAsync("again", Cancellation);
        Assert.False(IsAlive(first.Pid!.Value));
        await dcp.DeleteExecutableAsync("again", Cancellation);
        await dcp.CreateExecutableAsync(Shell("again", "exec sleep 1000"), Cancellation);

        Assert.NotEqual(first.Pid, (await WaitAsync(dcp, "again", status => status.State == "Running")).Pid);
    }

    [Fact]
    public async Task Stopping_what_does_not_exist_is_no_error()
    {
        await dcp.StopExecutableAsync("nothing", Cancellation);
        await dcp.DeleteExecutableAsync("nothing", Cancellation);
    }

    [Theory]
    [InlineData(DcpLogSource.Stdout, "to stdout")]
    [InlineData(DcpLogSource.Stderr, "to stderr")]
    [InlineData(DcpLogSource.System, "Starting process...: Cmd = /bin/sh, Args = [-c, echo to stdout; echo to stderr >&2; exec sleep 1000]")]
    internal async Task Each_log_has_its_lines_and_their_time(DcpLogSource source, string expected)
    {
        var name = $"talker-{source}".ToLowerInvariant();
        await dcp.CreateExecutableAsync(Shell(name, "echo to stdout; echo to stderr >&2; exec sleep 1000"), Cancellation);

        var line = await dcp.ReadLogsAsync(name, source, Cancellation).FirstAsync(Cancellation);

        Assert.Equal(expected, line.Text);
        Assert.NotNull(line.Timestamp);
    }

    private static bool IsAlive(int processId) => Directory.Exists($"/proc/{processId}");
}
