using System.Diagnostics;
using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

public sealed class ShutdownTests : IDisposable
{
    private readonly string order = Path.GetTempFileName();

    [Fact]
    public async Task Dependants_end_before_what_they_depend_on()
    {
        var builder = TestApp.CreateBuilder();
        var database = builder.AddShell("database", Script.OnTerm("database", order)).WithEndpoint(name: "tcp", scheme: "tcp");
        var connection = builder.AddConnectionString("db", ReferenceExpression.Create($"Port={database.GetEndpoint("tcp").Property(EndpointProperty.Port)}"));
        var api = builder.AddShell("api", Script.OnTerm("api", order)).WithReference(connection);
        builder.AddShell("web", Script.OnTerm("web", order)).WaitForStart(api);
        await using var app = await TestApp.StartAsync(builder);
        foreach (var resource in new[] { "database", "api", "web" })
            await app.UntilAsync(resource, KnownResourceStates.Running);

        await app.StopAsync();

        Assert.Equal(["web", "api", "database"], await File.ReadAllLinesAsync(order, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Process_that_ignores_the_end_is_gone_within_ten_seconds()
    {
        var builder = TestApp.CreateBuilder();
        var database = builder.AddShell("database", Script.OnTerm("database", order));
        builder.AddShell("stubborn", Script.IgnoreTerm).WaitForStart(database);
        await using var app = await TestApp.StartAsync(builder);
        var stubborn = await app.UntilAsync("stubborn", KnownResourceStates.Running);
        var pid = (int)stubborn.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;

        var time = Stopwatch.StartNew();
        await app.StopAsync();

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
        Assert.Equal(["database"], await File.ReadAllLinesAsync(order, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SigTerm_ends_everything_and_then_the_AppHost_with_0()
    {
        await using var host = await AppHostProcess.StartAsync("--order", order);

        await host.SignalAsync("TERM");

        Assert.Equal(0, await host.ExitAsync());
        Assert.Empty(host.Descendants());
        Assert.Equal(["frontend", "database"], await File.ReadAllLinesAsync(order, TestContext.Current.CancellationToken));
        Assert.Single(host.Output, line => line.Contains("Distributed application stopping.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_AppHost_leaves_nothing_behind()
    {
        await using var host = await AppHostProcess.StartAsync("--order", order);

        await host.SignalAsync("KILL");

        await host.ExitAsync();
        await host.UntilNoDescendantsAsync();
        Assert.Contains("database", await File.ReadAllLinesAsync(order, TestContext.Current.CancellationToken));
    }

    public void Dispose() => File.Delete(order);
}
