using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Notifications;

/// <summary>Keeps one-time tokens in the outbox from whoever can only read the database, or its backup.</summary>
internal sealed class OutboxCipher(IOptions<TenancyOptions> tenancy)
{
    private const int KeyLength = 32;

    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(tenancy.Value.SigningKey), KeyLength, info: "outbox"u8.ToArray());

    /// <param name="messageId">Bound to the result, so that one message's payload cannot be put into another.</param>
    public byte[] Encrypt(Guid messageId, IReadOnlyDictionary<string, string> values)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(values);
        var payload = new byte[NonceLength + TagLength + text.Length];
        var nonce = payload.AsSpan(0, NonceLength);
        var tag = payload.AsSpan(NonceLength, TagLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, text, payload.AsSpan(NonceLength + TagLength), tag, messageId.ToByteArray());
        return payload;
    }

    /// <exception cref="CryptographicException">Another key wrote it, or somebody who has none.</exception>
    public IReadOnlyDictionary<string, string> Decrypt(Guid messageId, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The payload of a message is too short.");
        }

        var text = new byte[payload.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(payload[..NonceLength], payload[(NonceLength + TagLength)..], payload.Slice(NonceLength, TagLength), text, messageId.ToByteArray());
        return JsonSerializer.Deserialize<Dictionary<string, string>>(text)!;
    }
}
