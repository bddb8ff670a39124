namespace TenantPlatform.Data.Isolation;

/// <summary>Servers whose row-level security can be bypassed (CVE-2023-2455, CVE-2024-10976, CVE-2025-8713) are refused.</summary>
public static class ServerVersion
{
    private static readonly Dictionary<int, int> FirstSafeMinor = new() { [15] = 14, [16] = 10, [17] = 6 };

    /// <exception cref="InvalidOperationException">The server is too old; the message says what to install.</exception>
    public static void Require(Version version)
    {
        if (version.Major < FirstSafeMinor.Keys.Min() || version.Minor < FirstSafeMinor.GetValueOrDefault(version.Major))
        {
            throw new InvalidOperationException(
                $"PostgreSQL {version.Major}.{version.Minor} has known ways around row-level security. Use 15.14, 16.10, 17.6, 18 or newer.");
        }
    }
}
