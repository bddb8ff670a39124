using System.Net;
using System.Net.Sockets;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class PortTests
{
    [Fact]
    public async Task Occupied_port_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(
            () => EmbeddedPostgresServer.StartAsync(new() { Port = port }, TestContext.Current.CancellationToken));

        Assert.Contains($"Port {port} of 127.0.0.1 is taken by another program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_port_is_used()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        await using var server = await EmbeddedPostgresServer.StartAsync(new() { Port = port }, TestContext.Current.CancellationToken);

        Assert.Equal(port, server.Port);
        Assert.Equal("127.0.0.1", await server.QueryAsync("select host(inet_server_addr())"));
    }
}
