using System.Security.Cryptography;
using System.Text;

namespace TenantPlatform.Data.Isolation;

/// <summary>
/// A key that signs tenant contexts. The API holds the secret; the database holds only the two HMAC pads, in a table
/// that the API's role cannot read.
/// </summary>
public sealed class SigningKey
{
    /// <summary>Characters; 32 random letters and digits are 190 bits.</summary>
    public const int MinimumSecretLength = 32;

    // HMAC-SHA256 works on blocks of 64 bytes; a longer key would have to be hashed first.
    private const int BlockLength = 64;

    private readonly byte[] key;

    /// <param name="secret">32 to 64 ASCII characters.</param>
    public SigningKey(string secret)
    {
        if (secret.Length is < MinimumSecretLength or > BlockLength || !Ascii.IsValid(secret))
        {
            throw new ArgumentException($"A signing key is a secret of {MinimumSecretLength} to {BlockLength} ASCII characters.", nameof(secret));
        }

        key = Encoding.ASCII.GetBytes(secret);
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("tenant-context-key:" + secret)).AsSpan(0, 4));
    }

    /// <summary>Eight hex digits derived from the secret, so that both sides name the key alike.</summary>
    public string Id { get; }

    public byte[] InnerPad => Pad(0x36);

    public byte[] OuterPad => Pad(0x5c);

    internal void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => HMACSHA256.HashData(key, message, signature);

    private byte[] Pad(byte mask)
    {
        var pad = new byte[BlockLength];
        key.CopyTo(pad, 0);

        for (var i = 0; i < pad.Length; i++)
        {
            pad[i] ^= mask;
        }

        return pad;
    }
}
