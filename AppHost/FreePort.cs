using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TenantPlatform.AppHost;

/// <summary>The usual ports where they are free, others where they are taken, so that two clones run side by side.</summary>
internal static class FreePort
{
    private static readonly string[] UrlsOfTheAppHost =
        ["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"];

    public static int Any()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Looks at the dashboard's addresses and at every fixed port of the resources added so far, and says what it changed.</summary>
    public static void UseFreePorts(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        foreach (var name in UrlsOfTheAppHost)
        {
            if (Uri.TryCreate(builder.Configuration[name], UriKind.Absolute, out var url))
            {
                builder.Configuration[name] = new UriBuilder(url) { Port = Prefer(url.Port, name) }.Uri.GetLeftPart(UriPartial.Authority);
            }
        }

        foreach (var resource in builder.Resources)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint is { IsProxied: true, Port: not null }))
            {
                endpoint.Port = Prefer(endpoint.Port!.Value, resource.Name);
            }
        }
    }

    private static int Prefer(int port, string what)
    {
        if (IsFree(port))
        {
            return port;
        }

        var other = Any();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Port {port} is taken; {what} uses {other} instead."));
        return other;
    }

    // "localhost" means both loopback addresses, so both must be free.
    private static bool IsFree(int port)
    {
        try
        {
            using var v4 = new TcpListener(IPAddress.Loopback, port);
            v4.Start();

            if (Socket.OSSupportsIPv6)
            {
                using var v6 = new TcpListener(IPAddress.IPv6Loopback, port);
                v6.Start();
            }

            return true;
        }
        catch (SocketException e)
        {
            // A machine whose kernel knows IPv6 may still have no IPv6 loopback address.
            return e.SocketErrorCode is SocketError.AddressNotAvailable;
        }
    }
}
