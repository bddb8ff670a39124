using System.Security.Cryptography;

namespace TenantPlatform.EmbeddedPostgres.Server;

/// <summary>Tells whether a password is the one that was last set, without keeping it.</summary>
internal sealed class PasswordFingerprint(string path)
{
    private const int Iterations = 10_000;
    private const int Size = 32;

    public bool Matches(string password)
    {
        if (!File.Exists(path) || File.ReadAllText(path).Trim().Split(':') is not [var salt, var expected])
            return false;
        return string.Equals(Derive(password, Convert.FromHexString(salt)), expected, StringComparison.Ordinal);
    }

    public void Save(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(Size);
        PrivateFiles.Write(path, $"{Convert.ToHexString(salt)}:{Derive(password, salt)}\n");
    }

    private static string Derive(string password, byte[] salt) =>
        Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, Size));
}
