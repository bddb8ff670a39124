using System.Globalization;

namespace TenantPlatform.EmbeddedPostgres.Npm;

/// <summary>npm prints ten lines for one error: this picks the one that says something.</summary>
internal static class NpmErrors
{
    private static readonly string[] Prefixes = ["npm error", "npm ERR!"];
    private static readonly string[] Details = ["code ", "errno ", "syscall ", "path ", "type ", "A complete log"];

    public static string Reason(IEnumerable<string> lines, int exitCode)
    {
        var errors = lines.Where(line => Prefixes.Any(prefix => line.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(line => line["npm error".Length..].TrimStart('!', ' '))
            .Where(line => line.Length > 0)
            .ToList();
        return errors.FirstOrDefault(line => !Details.Any(detail => line.StartsWith(detail, StringComparison.Ordinal)))
            ?? errors.FirstOrDefault()
            ?? string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}");
    }
}
