using System.Net;
using System.Net.Sockets;

namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>Listens on a loopback port until it is disposed.</summary>
internal sealed class FreePort : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public FreePort() => listener.Start();

    public int Number => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int Any()
    {
        using var port = new FreePort();
        return port.Number;
    }

    public void Dispose() => listener.Dispose();
}
