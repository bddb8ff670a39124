using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace TenantPlatform.ApiService.Tenancy;

internal static partial class Slug
{
    public const string Pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";
    public const string Message = "A slug has 1 to 63 characters a-z, 0-9 and '-', and neither begins nor ends with '-'.";

    private const int MaximumLength = 50;
    private const int SuffixLength = 6;

    /// <summary>"Acme, Inc." becomes "acme-inc". Null when no letter or digit of the name fits in a slug.</summary>
    public static string? FromName(string name)
    {
        var slug = Unfit().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return slug.Length is 0 ? null : slug[..Math.Min(slug.Length, MaximumLength)].TrimEnd('-');
    }

    /// <summary>Another slug for a name whose own is taken.</summary>
    public static string WithSuffix(string slug) =>
        $"{slug}-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", SuffixLength)}";

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Unfit();
}
