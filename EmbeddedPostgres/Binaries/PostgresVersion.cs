using System.Globalization;
using System.Text.RegularExpressions;

namespace TenantPlatform.EmbeddedPostgres.Binaries;

internal readonly partial record struct PostgresVersion(int Major, int Minor)
{
    /// <summary>The first releases in which row-level security cannot be bypassed by CVE-2023-2455, CVE-2024-10976 and CVE-2025-8713.</summary>
    private static readonly PostgresVersion[] FirstSafe = [new(15, 14), new(16, 10), new(17, 6)];

    public bool IsSafe => this is var version
        && (Major > 17 || FirstSafe.Any(safe => safe.Major == version.Major && version.Minor >= safe.Minor));

    /// <summary>Understands what "postgres --version" prints; null = something else.</summary>
    public static PostgresVersion? Parse(string text) =>
        VersionText().Match(text) is { Success: true } match
            ? new(Number(match.Groups[1]), match.Groups[2].Success ? Number(match.Groups[2]) : 0)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)(?:\.(\d+))?")]
    private static partial Regex VersionText();
}
