using System.Diagnostics;
using Aspire.Hosting.Dcp;
using static TenantPlatform.Offline.Hosting.Tests.DcpSession;

namespace TenantPlatform.Offline.Hosting.Tests;

public sealed class DcpShutdownTests
{
    private static CancellationToken Cancellation => Patience.Token;

    [Fact]
    public async Task Shutdown_returns_when_nothing_is_left()
    {
        var dcp = await DcpClient.StartAsync(await BundleAsync(), Cancellation);
        var process = await StartSleeperAsync(dcp);
        var family = DcpProcessFamily.Of(process);
        Assert.True(family.Count >= 3);

        await dcp.ShutdownAsync(Cancellation);

        Assert.Empty(DcpProcessFamily.Alive(family));
        await dcp.DisposeAsync();
    }

    [Fact]
    public async Task Five_seconds_after_the_owner_was_killed_nothing_is_left()
    {
        using var owner = Process.Start(new ProcessStartInfo("/bin/sleep", "1000"))!;
        var dcp = await DcpClient.StartAsync(await BundleAsync(), owner.Id, Cancellation);
        var family = DcpProcessFamily.Of(await StartSleeperAsync(dcp));

        owner.Kill();
        await owner.WaitForExitAsync(Cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        while (DcpProcessFamily.Alive(family).Count > 0)
            await Task.Delay(50, limit.Token);

        await dcp.DisposeAsync();
    }

    [Fact]
    public async Task A_dead_orchestrator_does_not_hold_up_the_shutdown()
    {
        var dcp = await DcpClient.StartAsync(await BundleAsync(), Cancellation);
        var family = DcpProcessFamily.Of(await StartSleeperAsync(dcp));
        foreach (var id in family)
            DcpProcessFamily.Kill(id);

        await dcp.ShutdownAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    private static async Task<int> StartSleeperAsync(DcpClient dcp)
    {
        await dcp.CreateExecutableAsync(Shell("sleeper", "exec sleep 1000"), Cancellation);
        return (await WaitAsync(dcp, "sleeper", status => status.State == "Running")).Pid!.Value;
    }
}
