using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class TemporaryServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_are_gone_after_disposal()
    {
        var server = await EmbeddedPostgresServer.StartAsync(new(), Token);
        await server.ExecuteAsync("create table gone (id int)");
        var parent = Path.GetDirectoryName(server.DataDirectory);
        Assert.True(Directory.Exists(server.DataDirectory));

        await server.DisposeAsync();

        Assert.False(Directory.Exists(parent));
        Assert.Equal(0, await server.Exited);
    }

    [Fact]
    public async Task Servers_run_side_by_side()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EmbeddedPostgresServer.StartAsync(new(), Token)));

        Assert.Equal(4, servers.Select(server => server.Port).Distinct().Count());
        foreach (var server in servers)
        {
            Assert.Equal(server.DataDirectory, await server.QueryAsync("show data_directory"));
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Listens_on_the_loopback_interface_only()
    {
        await using var server = await EmbeddedPostgresServer.StartAsync(new(), Token);

        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == server.Port);
        Assert.Equal($"127.0.0.1:{server.Port}", Assert.Single(listeners).ToString());
        Assert.Equal("", await server.QueryAsync("show unix_socket_directories"));
        foreach (var address in NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses))
        {
            if (System.Net.IPAddress.IsLoopback(address.Address))
                continue;
            using var client = new TcpClient(address.Address.AddressFamily);
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(address.Address, server.Port, Token).AsTask());
        }
    }

    [Fact]
    public async Task Server_is_not_run_by_root()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        await using var server = await EmbeddedPostgresServer.StartAsync(new(), Token);

        var status = await server.QueryAsync("select pg_read_file('/proc/self/status')");

        Assert.DoesNotContain("\nUid:\t0\t", status, StringComparison.Ordinal);
        Assert.DoesNotContain("\nGid:\t0\t", status, StringComparison.Ordinal);
        Assert.Contains("\nCapEff:\t0000000000000000", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_needs_the_password()
    {
        await using var server = await EmbeddedPostgresServer.StartAsync(new(), Token);

        Assert.Equal("{scram-sha-256}", await server.QueryAsync("select array_agg(distinct auth_method)::text from pg_hba_file_rules"));
    }

    [Fact]
    public async Task Text_is_unicode_in_byte_order()
    {
        await using var server = await EmbeddedPostgresServer.StartAsync(new(), Token);

        Assert.Equal("ÄÉ", await server.QueryAsync("select upper('äé')"));
        Assert.Equal("{B,a,ä}", await server.QueryAsync("select array_agg(x order by x)::text from unnest('{ä,a,B}'::text[]) x"));
    }

    [Fact]
    public async Task Settings_are_passed_on()
    {
        var options = new EmbeddedPostgresOptions { Settings = new Dictionary<string, string> { ["work_mem"] = "7MB" } };
        await using var server = await EmbeddedPostgresServer.StartAsync(options, Token);

        Assert.Equal("7MB", await server.QueryAsync("show work_mem"));
    }

    [Fact]
    public async Task Wrong_setting_is_told_and_leaves_nothing()
    {
        var progress = new List<string>();
        var options = new EmbeddedPostgresOptions
        {
            Settings = new Dictionary<string, string> { ["no_such_setting"] = "1" },
            Progress = progress.Add,
        };

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedPostgresServer.StartAsync(options, Token));

        Assert.Contains("unrecognized configuration parameter \"no_such_setting\"", error.Message, StringComparison.Ordinal);
        var data = progress.Single(line => line.StartsWith("Initialising", StringComparison.Ordinal)).Split(" in ")[^1];
        Assert.False(Directory.Exists(Path.GetDirectoryName(data)));
    }
}
