using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TenantPlatform.ApiService.Authentication;

internal static class SessionToken
{
    private const int Bytes = 32;

    private static readonly int Length = Base64Url.GetEncodedLength(Bytes);

    public static string Generate() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Unsalted, because a token of 256 random bits cannot be guessed from it and must be found by it.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static bool IsWellFormed([NotNullWhen(true)] string? token) => token?.Length == Length && Base64Url.IsValid(token);
}
