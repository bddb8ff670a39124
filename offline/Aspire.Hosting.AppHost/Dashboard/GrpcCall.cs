using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>The gRPC status codes that are used here.</summary>
internal enum GrpcStatus
{
    Ok = 0,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>
/// One gRPC call over HTTP/2, framed by hand because the gRPC packages are not on every feed: a zero byte (not compressed),
/// the length as four big-endian bytes, the message; the status comes last, as a trailer.
/// </summary>
internal sealed class GrpcCall(HttpContext http)
{
    private const int HeaderLength = 5;
    private const uint LongestMessage = 4 * 1024 * 1024;

    /// <returns>Null at the end of the caller's messages.</returns>
    public async Task<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken) where T : class, IMessage<T>
    {
        var header = new byte[HeaderLength];
        if (await http.Request.Body.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken) < HeaderLength)
            return null;

        var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1));
        if (header[0] != 0 || length > LongestMessage)
            throw new InvalidDataException("The message is compressed or too long.");

        var message = new byte[length];
        await http.Request.Body.ReadExactlyAsync(message, cancellationToken);
        return parser.ParseFrom(message);
    }

    /// <summary>Sends the headers, so that the caller sees an open stream before the first message.</summary>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        http.Response.ContentType = "application/grpc";
        return http.Response.StartAsync(cancellationToken);
    }

    public async Task WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        if (!http.Response.HasStarted)
            await OpenAsync(cancellationToken);

        var length = message.CalculateSize();
        var frame = new byte[HeaderLength + length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)length);
        message.WriteTo(frame.AsSpan(HeaderLength));
        await http.Response.Body.WriteAsync(frame, cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>Where nothing was sent yet, the status belongs into the headers: there is no body that a trailer could follow.</summary>
    public void End(GrpcStatus status, string message = "")
    {
        http.Response.ContentType ??= "application/grpc";
        Add("grpc-status", ((int)status).ToString(CultureInfo.InvariantCulture));
        if (message.Length > 0)
            Add("grpc-message", Uri.EscapeDataString(message));
    }

    private void Add(string name, string value)
    {
        if (http.Response.HasStarted)
            http.Response.AppendTrailer(name, value);
        else
            http.Response.Headers[name] = value;
    }
}
