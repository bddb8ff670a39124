using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TenantPlatform.ApiService.Tenancy;

internal static class InvitationToken
{
    private const int Bytes = 32;

    public static string Generate() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
