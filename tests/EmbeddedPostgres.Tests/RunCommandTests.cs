using System.Diagnostics;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class RunCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string Data => folder["data"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Terminate_is_a_clean_fast_shutdown_even_with_a_client_connected()
    {
        await using var wrapper = Run();
        await wrapper.WaitForAsync("is ready on");
        await using var client = new Npgsql.NpgsqlConnection(ConnectionString(wrapper));
        await client.OpenAsync(TestContext.Current.CancellationToken);
        var waited = Stopwatch.StartNew();

        wrapper.Signal("TERM");

        Assert.Equal(0, await wrapper.ExitAsync());
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(2), $"took {waited.Elapsed}");
        Assert.False(File.Exists(folder["data/postmaster.pid"]));
        Assert.Contains("database system is shut down", wrapper.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_wrapper_leaves_no_server_and_the_next_start_works()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        await using (var killed = Run())
        {
            await killed.WaitForAsync("is ready on");
            var server = Wrapper.ServerId(Data);
            await ServerQueries.QueryAsync(ConnectionString(killed), "create table kept (id int)");

            killed.Signal("KILL");

            await killed.ExitAsync();
            await UntilGoneAsync(server, TimeSpan.FromSeconds(5));
        }
        await using var next = Run();
        await next.WaitForAsync("is ready on");
        Assert.Equal("0", await ServerQueries.QueryAsync(ConnectionString(next), "select count(*) from kept"));
        Assert.DoesNotContain("not properly shut down", next.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_at_once_after_a_kill_waits_for_the_old_server()
    {
        await using var killed = Run();
        await killed.WaitForAsync("is ready on");
        var slow = Wrapper.ServerId(Data);
        Wrapper.Signal("STOP", slow);
        killed.Signal("KILL");

        await using var next = Run();
        await next.WaitForAsync($"Waiting for the PostgreSQL server of process {slow}");
        Wrapper.Signal("CONT", slow);

        await next.WaitForAsync("is ready on");
    }

    [Fact]
    public async Task Killed_wrapper_leaves_no_temporary_data()
    {
        await using var killed = new Wrapper(["run"]);
        await killed.WaitForAsync("is ready on");
        var data = Path.GetDirectoryName(killed.Output.Split("data in ")[^1].Split('\n')[0]);
        Assert.True(Directory.Exists(data));

        killed.Signal("KILL");

        await UntilAsync(() => !Directory.Exists(data), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Wrapper_ends_with_its_server()
    {
        await using var wrapper = Run();
        await wrapper.WaitForAsync("is ready on");

        Wrapper.Signal("QUIT", Wrapper.ServerId(Data));

        Assert.Equal(0, await wrapper.ExitAsync());
    }

    [Fact]
    public async Task Wrapper_passes_on_that_its_server_was_killed()
    {
        await using var wrapper = Run();
        await wrapper.WaitForAsync("is ready on");

        Wrapper.Signal("KILL", Wrapper.ServerId(Data));

        Assert.Equal(137, await wrapper.ExitAsync());
    }

    [Fact]
    public async Task Terminate_during_the_first_start_leaves_a_folder_that_starts()
    {
        await using (var interrupted = Run())
        {
            await interrupted.WaitForAsync("Initialising");
            interrupted.Signal("TERM");
            Assert.Equal(0, await interrupted.ExitAsync());
        }

        await using var next = Run();

        await next.WaitForAsync("is ready on");
    }

    [Fact]
    public async Task Unknown_option_is_told()
    {
        await using var wrapper = new Wrapper(["run", "--prot", "5432"]);

        Assert.Equal(2, await wrapper.ExitAsync());
        Assert.Contains("\"--prot\" is not an option of run", wrapper.Output, StringComparison.Ordinal);
    }

    private static string ConnectionString(Wrapper wrapper)
    {
        var port = wrapper.Output.Split("is ready on 127.0.0.1:")[1].Split(',')[0];
        return $"Host=127.0.0.1;Port={port};Username=postgres;Password=secret;Database=postgres";
    }

    private static Task UntilGoneAsync(int processId, TimeSpan patience) =>
        UntilAsync(() => !Process.GetProcesses().Any(process => process.Id == processId && process.ProcessName == "postgres"), patience);

    private static async Task UntilAsync(Func<bool> condition, TimeSpan patience)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(20, TestContext.Current.CancellationToken))
            Assert.True(waited.Elapsed < patience, "it did not happen in time");
    }

    private Wrapper Run() => new(["run", "--data", Data], ("POSTGRES_PASSWORD", "secret"));
}
