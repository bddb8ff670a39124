using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TenantPlatform.LeakLab.Http;

/// <summary>The format of ASP.NET Core Identity's PasswordHasher, with few rounds: a lab signs in often and guards nothing.</summary>
internal static class IdentityPassword
{
    private const byte FormatV3 = 1;
    private const int HeaderLength = 13;
    private const int SaltLength = 16;
    private const int KeyLength = 32;
    private const int Rounds = 1000;
    private const int HmacSha512 = 2;

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var header = new byte[HeaderLength];
        header[0] = FormatV3;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), HmacSha512);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(5), Rounds);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(9), SaltLength);

        return Convert.ToBase64String([.. header, .. salt, .. Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA512, KeyLength)]);
    }
}
