using System.Globalization;

namespace Aspire.Hosting.Dcp;

/// <summary>Which of an executable's logs; System is what the orchestrator itself says about it.</summary>
internal enum DcpLogSource
{
    Stdout,
    Stderr,
    System,
}

internal sealed record DcpLogLine(DateTimeOffset? Timestamp, string Text)
{
    public static DcpLogLine Parse(string line, DcpLogSource source)
    {
        if (source == DcpLogSource.System)
        {
            var said = DcpSystemLine.Parse(line);
            return new DcpLogLine(said.Timestamp, said.Text);
        }

        var end = line.IndexOf(' ');
        var head = end < 0 ? line : line[..end];
        return DateTimeOffset.TryParse(head, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp)
            ? new DcpLogLine(timestamp, end < 0 ? "" : line[(end + 1)..])
            : new DcpLogLine(null, line);
    }
}
