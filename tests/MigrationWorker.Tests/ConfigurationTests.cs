using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests;

/// <summary>A worker that cannot work says why in a sentence, and its exit code stops whoever waits for it.</summary>
public sealed class ConfigurationTests
{
    private static readonly WorkerSettings Complete = new()
    {
        AdminConnectionString = "Host=127.0.0.1;Port=1;Database=tenantplatform;Username=postgres;Password=secret-of-the-admin",
        OwnerPassword = "secret-of-the-owner",
        AppPassword = "secret-of-the-app",
        SigningKey = new string('s', 32),
        ConnectTimeoutSeconds = 1,
    };

    public static TheoryData<string, WorkerSettings> Incomplete => new()
    {
        { "ConnectionStrings:tenantplatform-admin", Complete with { AdminConnectionString = null } },
        { "OwnerPassword", Complete with { OwnerPassword = null } },
        { "AppPassword", Complete with { AppPassword = null } },
        { "SigningKey", Complete with { SigningKey = null } },
        { "SigningKey", Complete with { SigningKey = "too short" } },
        { "ConnectTimeoutSeconds", Complete with { ConnectTimeoutSeconds = 0 } },
    };

    [Theory]
    [MemberData(nameof(Incomplete))]
    public async Task A_setting_that_is_missing_or_wrong_is_named(string name, WorkerSettings settings)
    {
        var result = await WorkerProcess.RunAsync(settings, Cancel);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("The database is not ready: ", result.Output, StringComparison.Ordinal);
        Assert.Contains(name, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_connections_is_waited_for_as_long_as_configured()
    {
        var watch = Stopwatch.StartNew();

        var result = await WorkerProcess.RunAsync(Complete with { ConnectTimeoutSeconds = 2 }, Cancel);

        Assert.Equal(1, result.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));
        Assert.Contains("Waiting for PostgreSQL at 127.0.0.1:1", result.Output, StringComparison.Ordinal);
        Assert.Contains("The database is not ready: Failed to connect to 127.0.0.1:1", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_accepts_connections_and_stays_silent_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var watch = Stopwatch.StartNew();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;

        var result = await WorkerProcess.RunAsync(
            Complete with { AdminConnectionString = $"Host=127.0.0.1;Port={port};Database=x;Username=postgres;Password=x" }, Cancel);

        Assert.Equal(1, result.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(14));
        Assert.Contains("The database is not ready: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_written_to_the_output()
    {
        var result = await WorkerProcess.RunAsync(Complete, Cancel);

        Assert.DoesNotContain("secret-of-", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Complete.SigningKey!, result.Output, StringComparison.Ordinal);
    }
}
