using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Paging;

/// <summary>
/// Writes cursors that clients cannot make or change. Each is bound to one list (tenant and filters), because continuing
/// another list from it would silently skip rows. A new signing key makes the cursors of the former one invalid.
/// </summary>
internal sealed class CursorCodec(IOptionsMonitor<TenancyOptions> tenancy)
{
    private const int IdOffset = sizeof(long);
    private const int PositionLength = IdOffset + 16;
    private const int SealLength = 16;

    private volatile CursorKey? last;

    /// <summary>The page of <paramref name="rows"/>, which must hold one row more than the page when there is a next page.</summary>
    public Page<T> PageOf<T>(List<T> rows, PageRequest request, string list, Func<T, PageCursor> position)
    {
        if (rows.Count <= request.Size)
        {
            return new Page<T>(rows, null);
        }

        rows.RemoveRange(request.Size, rows.Count - request.Size);
        return new Page<T>(rows, Write(position(rows[^1]), list));
    }

    /// <summary>False when the cursor was not written for this list. No cursor is the beginning.</summary>
    public bool TryRead(PageRequest request, string list, out PageCursor? cursor)
    {
        cursor = null;

        if (request.Cursor is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[PositionLength + SealLength];

        if (request.Cursor.Length != Base64Url.GetEncodedLength(bytes.Length)
            || Base64Url.DecodeFromChars(request.Cursor, bytes, out _, out _) is not OperationStatus.Done
            || !CryptographicOperations.FixedTimeEquals(Seal(bytes[..PositionLength], list), bytes[PositionLength..]))
        {
            return false;
        }

        cursor = new PageCursor(
            new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes), TimeSpan.Zero), new Guid(bytes[IdOffset..PositionLength]));
        return true;
    }

    private string Write(PageCursor cursor, string list)
    {
        Span<byte> bytes = stackalloc byte[PositionLength + SealLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cursor.Created.UtcTicks);
        cursor.Id.TryWriteBytes(bytes[IdOffset..]);
        Seal(bytes[..PositionLength], list).CopyTo(bytes[PositionLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    private ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> position, string list)
    {
        byte[] message = [.. position, .. Encoding.UTF8.GetBytes(list)];
        return HMACSHA256.HashData(Key(), message).AsSpan(0, SealLength);
    }

    private byte[] Key()
    {
        var secret = tenancy.CurrentValue.SigningKey;
        var key = last;

        if (key?.Secret != secret)
        {
            last = key = new CursorKey(secret, HKDF.DeriveKey(
                HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(secret), HMACSHA256.HashSizeInBytes, info: "page-cursor"u8.ToArray()));
        }

        return key.Bytes;
    }

    private sealed record CursorKey(string Secret, byte[] Bytes);
}
