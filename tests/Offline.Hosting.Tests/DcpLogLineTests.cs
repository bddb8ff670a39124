using Aspire.Hosting.Dcp;

namespace TenantPlatform.Offline.Hosting.Tests;

public sealed class DcpLogLineTests
{
    [Fact]
    public void The_timestamp_is_taken_off_an_output_line()
    {
        var line = DcpLogLine.Parse("2026-01-02T03:04:05.678Z  two spaces, then text", DcpLogSource.Stdout);

        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), line.Timestamp);
        Assert.Equal(" two spaces, then text", line.Text);
    }

    [Fact]
    public void A_line_without_a_timestamp_stays_whole() =>
        Assert.Equal(new DcpLogLine(null, "no time here"), DcpLogLine.Parse("no time here", DcpLogSource.Stderr));

    [Fact]
    public void An_empty_line_keeps_its_time() =>
        Assert.Equal("", DcpLogLine.Parse("2026-01-02T03:04:05Z", DcpLogSource.Stdout).Text);

    [Fact]
    public void A_system_line_is_readable()
    {
        const string line = "2026-01-02T03:04:05.678Z\terror\tExecutableReconciler\tFailed to start a process\t" +
            """{"Executable": "/x", "Reconciliation": 7, "Cmd": "prog", "Args": ["a", "b"], "error": "no such file"}""";

        Assert.Equal("Failed to start a process: Cmd = prog, Args = [a, b], Error = no such file", DcpLogLine.Parse(line, DcpLogSource.System).Text);
        Assert.Equal("no such file", DcpSystemLine.Parse(line).Error);
    }

    [Fact]
    public void A_system_line_of_another_form_is_shown_as_it_is() =>
        Assert.Equal("panic: out of luck", DcpLogLine.Parse("panic: out of luck", DcpLogSource.System).Text);
}
