using System.Diagnostics;
using System.Globalization;
using TenantPlatform.EmbeddedPostgres.Server;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<string> progress = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => folder["data"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Folder_with_other_files_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(folder["data/letter.txt"], "dear", Token);

        var error = await RefusalAsync();

        Assert.Contains("not a PostgreSQL data directory", error, StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Directory.EnumerateFiles(Data).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Damaged_data_directory_is_refused_and_left_alone()
    {
        await InitialiseAsync();
        File.Delete(folder["data/global/pg_control"]);
        var before = Directory.GetFileSystemEntries(Data, "*", SearchOption.AllDirectories);

        var error = await RefusalAsync();

        Assert.Contains("global/pg_control is missing", error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(Data, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Control_file_of_zeros_is_told_with_the_servers_own_words()
    {
        await InitialiseAsync();
        await File.WriteAllBytesAsync(folder["data/global/pg_control"], new byte[8192], Token);

        Assert.Contains("did not start", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_another_major_version_is_refused()
    {
        await InitialiseAsync();
        await File.WriteAllTextAsync(folder["data/PG_VERSION"], "14\n", Token);

        Assert.Contains("was made by PostgreSQL 14", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_initialisation_is_done_again()
    {
        Directory.CreateDirectory(folder["data.initialising/data"]);
        await File.WriteAllTextAsync(folder["data.initialising/data/PG_VERSION"], "18\n", Token);

        await InitialiseAsync();

        Assert.Contains(progress, line => line.Contains("interrupted", StringComparison.Ordinal));
        Assert.Equal(["data", "data.fingerprint", "data.lock"], folder.Names);
    }

    [Fact]
    public async Task Empty_folder_is_initialised()
    {
        Directory.CreateDirectory(Data);

        await InitialiseAsync();

        Assert.True(File.Exists(folder["data/PG_VERSION"]));
    }

    [Fact]
    public async Task Running_server_keeps_its_data_to_itself()
    {
        await using var owner = await StartAsync();
        var ownerId = File.ReadLines(folder["data/postmaster.pid"]).First();

        var error = await RefusalAsync();

        Assert.Contains($"in use by another PostgreSQL server, process {ownerId}:", error, StringComparison.Ordinal);
        Assert.Equal("1", await owner.QueryAsync("select 1"));
    }

    [Fact]
    public async Task Process_number_that_another_program_has_now_is_no_obstacle()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        await InitialiseAsync();
        var command = ServerAccount.Find().Command("/bin/sleep", "60");
        using var sleeper = Process.Start(command)!;
        await File.WriteAllTextAsync(folder["data/postmaster.pid"], sleeper.Id.ToString(CultureInfo.InvariantCulture) + $"\n{Data}\n", Token);

        await InitialiseAsync();

        sleeper.Kill();
        Assert.Contains(progress, line => line.StartsWith("Removed a stale", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Folder_that_the_servers_user_cannot_reach_is_replaced_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root hands PostgreSQL to another user");
        var closed = Directory.CreateTempSubdirectory("embedded-postgres-closed-");
        var options = new EmbeddedPostgresOptions { DataDirectory = Path.Combine(closed.FullName, "data"), Password = "p" };

        string first, second;
        await using (var server = await EmbeddedPostgresServer.StartAsync(options, Token))
            first = server.DataDirectory;
        await using (var server = await EmbeddedPostgresServer.StartAsync(options, Token))
            second = server.DataDirectory;

        closed.Delete(recursive: true);
        Directory.Delete(first, recursive: true);
        foreach (var ending in (string[])[".lock", ".fingerprint"])
            File.Delete(first + ending);
        Assert.StartsWith("/var/lib/tenantplatform/", first, StringComparison.Ordinal);
        Assert.Equal(first, second);
    }

    private Task<EmbeddedPostgresServer> StartAsync() => EmbeddedPostgresServer.StartAsync(
        new EmbeddedPostgresOptions { DataDirectory = Data, Password = "secret", Progress = progress.Add }, Token);

    private async Task InitialiseAsync() => await (await StartAsync()).DisposeAsync();

    private async Task<string> RefusalAsync() => (await Assert.ThrowsAsync<EmbeddedPostgresException>(StartAsync)).Message;
}
