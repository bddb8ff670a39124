using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>The server from which the dashboard learns about resources. It does not survive a restart of either side.</summary>
internal sealed class ResourceServiceHost(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    string applicationName) : IAsyncDisposable
{
    private const string ServicePath = "/aspire.v1.DashboardService/";
    private const string ApiKeyHeader = "x-resource-service-api-key";

    private readonly ResourceServiceMethods methods = new(notifications, loggers, commands, applicationName, TimeProvider.System);
    private WebApplication? app;

    public string ApiKey { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public Uri Address => new(Server.Services.GetRequiredService<IServer>().Features
        .GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    private WebApplication Server => app ?? throw new InvalidOperationException("The resource service has not been started.");

    /// <param name="address">Any free port when the port is 0; always on the loopback interface.</param>
    /// <exception cref="DistributedApplicationException">The port is taken.</exception>
    public async Task StartAsync(Uri address, CancellationToken cancellationToken)
    {
        app = Build(address.Port);
        app.Run(HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new DistributedApplicationException(
                $"The dashboard's resource service cannot listen on port {address.Port}: {e.Message} " +
                "Is another AppHost running? End it, or change ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
            // Watches stay silent for hours in both directions.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        // Ctrl-C is for the AppHost, which ends this server in its own time.
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        return builder.Build();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var call = new GrpcCall(http);
        if (!HasApiKey(http.Request))
        {
            call.End(GrpcStatus.Unauthenticated, "The API key is missing or wrong.");
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, Server.Lifetime.ApplicationStopping);
        try
        {
            call.End(await methods.InvokeAsync(MethodName(http.Request), call, ending.Token));
        }
        catch (OperationCanceledException)
        {
            call.End(GrpcStatus.Unavailable, "The AppHost is ending.");
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            call.End(GrpcStatus.Internal, e.Message);
        }
    }

    private bool HasApiKey(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Headers[ApiKeyHeader].ToString()), Encoding.UTF8.GetBytes(ApiKey));

    private static string MethodName(HttpRequest request) =>
        request.Path.Value is { } path && path.StartsWith(ServicePath, StringComparison.Ordinal) ? path[ServicePath.Length..] : "";

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
