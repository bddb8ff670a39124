using Aspire.Hosting.Dashboard;

namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>A dashboard that runs beside an empty application model.</summary>
public sealed class DashboardProcess : IAsyncLifetime
{
    private readonly DcpSession session = new();
    private readonly DashboardCaller resources = new();

    internal DashboardOptions Options { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await resources.InitializeAsync();
        await session.InitializeAsync();
        Options = new DashboardOptions(
            FreeUrl(), FreeUrl(), "the-browser-token", "the-otlp-key", resources.Host.Address, resources.ApiKey);
        var executable = DashboardExecutable.Create(await DcpSession.BundleAsync(), Options);
        await session.Client.CreateExecutableAsync(executable, Patience.Token);
        await DashboardExecutable.WaitUntilReadyAsync(Options, Patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        await resources.DisposeAsync();
    }

    private static Uri FreeUrl() => new($"http://localhost:{FreePort.Any()}");
}
