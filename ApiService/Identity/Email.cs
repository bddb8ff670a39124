using System.Security.Cryptography;
using System.Text;

namespace TenantPlatform.ApiService.Identity;

internal static class Email
{
    public const int MaximumLength = 254;
    public const string Pattern = @"^\s*[^@\s]+@[^@\s]+\s*$";
    public const string PatternMessage = "This is not an email address.";

    /// <summary>The one spelling under which the address is kept and looked for.</summary>
    public static string Normalize(string email) => email.Trim().ToLowerInvariant();

    /// <summary>For what must not keep addresses that strangers type.</summary>
    public static byte[] Hash(string normalized) => SHA256.HashData(Encoding.UTF8.GetBytes(normalized));
}
