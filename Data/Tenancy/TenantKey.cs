using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace TenantPlatform.Data.Tenancy;

/// <summary>
/// The public id of a tenant: 10 to 20 characters a-z and 0-9, fit for URLs and for the schema name tenant_&lt;key&gt;. Lower case
/// only: host names and unquoted SQL identifiers fold case, so Acme and acme would be one tenant in some places and two in others.
/// </summary>
public static partial class TenantKey
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int GeneratedLength = 15;

    /// <summary>A new key with 77 bits from the system's cryptographic generator.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, GeneratedLength);

    public static bool IsValid(string key) => Format().IsMatch(key);

    [GeneratedRegex("^[a-z0-9]{10,20}\\z")]
    private static partial Regex Format();
}
