using System.Globalization;
using System.Text.RegularExpressions;

namespace TenantPlatform.EmbeddedPostgres.Server;

/// <summary>What the server said before it was ready, or why it never was.</summary>
internal sealed partial class ServerLog
{
    private readonly List<string> lines = [];

    public void Add(string line)
    {
        lock (lines)
            lines.Add(line);
    }

    public EmbeddedPostgresException WhyNotStarted(string dataDirectory, int port)
    {
        string text;
        lock (lines)
            text = string.Join('\n', lines);
        if (text.Contains("could not bind", StringComparison.Ordinal))
            return OccupiedPort(port);
        if (OwnerHint().Match(text) is { Success: true } owner)
            return DataDirectoryOwner.InUse(dataDirectory, int.Parse(owner.Groups[1].Value, CultureInfo.InvariantCulture));
        return new EmbeddedPostgresException(
            $"PostgreSQL did not start on {dataDirectory}: {LastProblem(text) ?? (text.Length > 0 ? text : "it printed nothing")}");
    }

    private static EmbeddedPostgresException OccupiedPort(int port) => new(string.Create(CultureInfo.InvariantCulture,
        $"Port {port} of 127.0.0.1 is taken by another program: end that program, or choose another port, and start again."))
    {
        IsOccupiedPort = true,
    };

    /// <summary>The last error with its detail and hint; null when there is none.</summary>
    public static string? LastProblem(string text)
    {
        var all = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var last = Array.FindLastIndex(all, line => Problem().IsMatch(line));
        if (last < 0)
            return null;
        var more = all.Skip(last + 1).Where(line => Explanation().IsMatch(line)).Select(line => Explanation().Match(line).Groups[1].Value);
        return string.Join(" ", [Problem().Match(all[last]).Groups[1].Value, .. more]);
    }

    [GeneratedRegex(@"(?:FATAL|PANIC|ERROR|error):\s+(.*)")]
    private static partial Regex Problem();

    [GeneratedRegex(@"(?:DETAIL|HINT|detail|hint):\s+(.*)")]
    private static partial Regex Explanation();

    [GeneratedRegex(@"Is another (?:postmaster|postgres) \(PID (\d+)\)")]
    private static partial Regex OwnerHint();
}
