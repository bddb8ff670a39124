using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting.Dashboard;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>A resource service over an empty application model, and the dashboard's side of the wire.</summary>
public sealed class DashboardCaller : IAsyncLifetime
{
    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();
    private readonly HttpClient http = new();

    public DashboardCaller()
    {
        Notifications = new ResourceNotificationService(
            NullLogger<ResourceNotificationService>.Instance, new EndlessLifetime(), services, Loggers);
        Host = new ResourceServiceHost(Notifications, Loggers, new ResourceCommandService(Notifications, Loggers, services), "Sample");
        ApiKey = Host.ApiKey;
    }

    public ResourceLoggerService Loggers { get; } = new();

    public ResourceNotificationService Notifications { get; }

    public string ApiKey { get; set; }

    internal ResourceServiceHost Host { get; }

    public async ValueTask InitializeAsync() =>
        await Host.StartAsync(new Uri("http://127.0.0.1:0"), Patience.Token);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Host.DisposeAsync();
        Notifications.Dispose();
        Loggers.Dispose();
        await services.DisposeAsync();
    }

    internal async Task<HttpResponseMessage> SendAsync(string method, IMessage message)
    {
        var frame = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.CalculateSize());
        message.WriteTo(frame.AsSpan(5));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Address, $"/aspire.v1.DashboardService/{method}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
            Headers = { { "x-resource-service-api-key", ApiKey } },
        };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Patience.Token);
    }

    internal async IAsyncEnumerable<T> StreamAsync<T>(string method, IMessage message, MessageParser<T> parser) where T : IMessage<T>
    {
        var cancellation = Patience.Token;
        using var response = await SendAsync(method, message);
        var body = await response.Content.ReadAsStreamAsync(cancellation);
        var header = new byte[5];
        while (await body.ReadAtLeastAsync(header, 5, throwOnEndOfStream: false, cancellation) == 5)
        {
            var reply = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1))];
            await body.ReadExactlyAsync(reply, cancellation);
            yield return parser.ParseFrom(reply);
        }
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    private sealed class EndlessLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => CancellationToken.None;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
