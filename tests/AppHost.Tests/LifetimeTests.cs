using System.Net.Http.Json;

namespace TenantPlatform.AppHost.Tests;

public sealed class LifetimeTests(ITestOutputHelper output)
{
    private const int Interrupt = 2;
    private const int KillNow = 9;

    [Fact]
    public async Task Ctrl_C_ends_everything_cleanly_and_data_survives_the_restart()
    {
        using var data = new TemporaryFolder();
        var run = Guid.NewGuid().ToString("N");
        var account = new { email = $"{run}@example.com", password = SignUp.Password };

        await using (var first = AppHostProcess.Start(data.Path, environment: (ProcessTree.Marker, run)))
        {
            using var api = await first.ApiAsync();
            await SignUp.FinishAsync(api, account.email);

            first.Signal(Interrupt);
            var took = await first.ExitAsync();

            output.WriteLine($"stopped in {took.TotalSeconds:0.0} s");
            Assert.Equal(0, first.ExitCode);
            Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
            Assert.Empty(ProcessTree.Alive(run));
        }

        await using var second = AppHostProcess.Start(data.Path, ["--EnableResourceLogging=true"], (ProcessTree.Marker, run));
        using var again = await second.ApiAsync();
        (await again.PostAsJsonAsync("/auth/sign-in", account, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Nothing_outlives_a_killed_AppHost_and_the_next_start_works()
    {
        using var data = new TemporaryFolder();
        var run = Guid.NewGuid().ToString("N");

        await using (var killed = AppHostProcess.Start(data.Path, environment: (ProcessTree.Marker, run)))
        {
            using var api = await killed.ApiAsync();
            Assert.NotEmpty(ProcessTree.Alive(run));

            killed.Signal(KillNow);
            await killed.ExitAsync();

            Assert.Empty(await ProcessTree.GoneWithinAsync(run, TimeSpan.FromSeconds(5)));
        }

        await using var next = AppHostProcess.Start(data.Path, environment: (ProcessTree.Marker, run));
        using var healthy = await next.ApiAsync();
        Assert.Equal("Healthy", await healthy.GetStringAsync("/health", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_second_AppHost_of_the_same_clone_names_the_first_and_exits()
    {
        using var data = new TemporaryFolder();
        await using var first = AppHostProcess.Start(data.Path);
        await first.LineAsync("(Distributed application starting)");

        await using var second = AppHostProcess.Start(data.Path);
        await second.ExitAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"already running, as process {first.Id}", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppHosts_of_two_clones_run_side_by_side()
    {
        using var here = new TemporaryFolder();
        using var there = new TemporaryFolder();
        await using var first = AppHostProcess.Start(here.Path);
        using var one = await first.ApiAsync();
        await using var second = AppHostProcess.Start(there.Path);
        using var two = await second.ApiAsync();

        Assert.NotEqual(one.BaseAddress, two.BaseAddress);
        Assert.Equal("Healthy", await one.GetStringAsync("/health", TestContext.Current.CancellationToken));
        Assert.Equal("Healthy", await two.GetStringAsync("/health", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task When_the_worker_fails_the_AppHost_says_why_and_the_API_never_starts()
    {
        await using var appHost = AppHostProcess.Start("temporary", environment: ("Parameters__signing-key", "too short"));

        var said = await appHost.LineAsync("('migrations' failed with exit code 1, so 'api' is not started.*)");

        Assert.Contains("SigningKey", said, StringComparison.Ordinal);
        Assert.DoesNotContain("'api' is ready", appHost.Output, StringComparison.Ordinal);
    }
}
