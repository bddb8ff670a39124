using System.Collections.Concurrent;
using Npgsql;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class DurableServerTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly ConcurrentQueue<string> log = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Restart_keeps_the_data_without_crash_recovery()
    {
        await using (var first = await StartAsync("secret"))
            await first.ExecuteAsync("create table kept (id int); insert into kept values (42)");

        log.Clear();
        await using var second = await StartAsync("secret");

        Assert.Equal("42", await second.QueryAsync("select id from kept"));
        Assert.Contains(log, line => line.Contains("database system was shut down at", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("not properly shut down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_password_replaces_the_old_one_and_keeps_the_data()
    {
        await using (var first = await StartAsync("old"))
            await first.ExecuteAsync("create table kept (id int)");

        await using var second = await StartAsync("it's \\ \"new\"; --");

        Assert.Equal("0", await second.QueryAsync("select count(*) from kept"));
        Assert.DoesNotContain(log, line => line.Contains("password authentication failed", StringComparison.Ordinal));
        var old = new NpgsqlConnectionStringBuilder(second.ConnectionString) { Password = "old", Pooling = false };
        await using var connection = new NpgsqlConnection(old.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Token));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task Password_changed_by_sql_is_set_back()
    {
        await using (var first = await StartAsync("given"))
            await first.ExecuteAsync("alter role postgres password 'other'");

        await using var second = await StartAsync("given");

        Assert.Equal("1", await second.QueryAsync("select 1"));
    }

    [Fact]
    public async Task Password_is_in_no_file_and_on_no_command_line()
    {
        await using var server = await StartAsync("9f5b-needle");

        var files = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, file => File.ReadAllText(file).Contains("9f5b-needle", StringComparison.Ordinal));
        if (OperatingSystem.IsLinux())
        {
            var secrets = $"/proc/{Wrapper.ServerId(server.DataDirectory)}";
            Assert.Contains("postgres", await File.ReadAllTextAsync(secrets + "/cmdline", Token), StringComparison.Ordinal);
            Assert.DoesNotContain("9f5b-needle", await File.ReadAllTextAsync(secrets + "/cmdline", Token), StringComparison.Ordinal);
        }
        Assert.Equal(["data", "data.fingerprint", "data.lock"], folder.Names);
    }

    [Fact]
    public async Task Durable_server_syncs_to_disk()
    {
        await using var server = await StartAsync("secret");

        Assert.Equal("on on", await server.QueryAsync("select current_setting('fsync') || ' ' || current_setting('full_page_writes')"));
    }

    private Task<EmbeddedPostgresServer> StartAsync(string password) => EmbeddedPostgresServer.StartAsync(
        new EmbeddedPostgresOptions { DataDirectory = folder["data"], Password = password, Log = log.Enqueue }, Token);
}
