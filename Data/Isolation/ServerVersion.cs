using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.Data.Isolation;

/// <summary>Servers whose row-level security can be bypassed (CVE-2023-2455, CVE-2024-10976, CVE-2025-8713) are refused.</summary>
public static class ServerVersion
{
    private static readonly Dictionary<int, int> FirstSafeMinor = new() { [15] = 14, [16] = 10, [17] = 6 };

    internal static int OldestMajor { get; } = FirstSafeMinor.Keys.Min();

    /// <summary>For those who must know before they can ask for the whole posture.</summary>
    /// <exception cref="InvalidOperationException">The server is too old; the message says what to install.</exception>
    public static void Require(Version version)
    {
        if (Judge(version).FirstOrDefault() is { } finding)
        {
            throw new InvalidOperationException($"{finding.Subject} is not safe: {finding.Problem}: {finding.Remedy}");
        }
    }

    internal static IEnumerable<PostureFinding> Judge(Version version)
    {
        if (version.Major < OldestMajor || version.Minor < FirstSafeMinor.GetValueOrDefault(version.Major))
        {
            yield return new(
                PostureRules.Find("server-unsafe"), $"PostgreSQL {version.Major}.{version.Minor}", "it has known ways around row-level security");
        }
    }
}
