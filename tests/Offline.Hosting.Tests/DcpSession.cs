using Aspire.Hosting.Dcp;

namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>One orchestrator for the tests of a class; the first run on a machine fetches it.</summary>
public sealed class DcpSession : IAsyncLifetime
{
    private DcpClient? client;

    internal DcpClient Client => client!;

    internal static Task<AspireBundle> BundleAsync() =>
        AspireBundle.EnsureAsync(line => TestContext.Current.SendDiagnosticMessage(line), TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() =>
        client = await DcpClient.StartAsync(await BundleAsync(), Patience.Token);

    public async ValueTask DisposeAsync() => await Client.DisposeAsync();

    internal static DcpExecutable Shell(string name, string script) => new()
    {
        Name = name,
        ExecutablePath = "/bin/sh",
        WorkingDirectory = Path.GetTempPath(),
        Args = ["-c", script],
    };

    internal static async Task<DcpExecutableStatus> WaitAsync(DcpClient dcp, string name, Func<DcpExecutableStatus, bool> condition) =>
        await dcp.WatchExecutablesAsync(Patience.Token)
            .FirstAsync(status => status.Name == name && condition(status), Patience.Token);
}
