using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class CacheFolderTests : IDisposable
{
    private readonly TestFolder root = new();
    private int fills;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task Folder_is_filled_once_for_all_who_ask_at_the_same_time()
    {
        var folders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => GetAsync(FillAsync))));

        Assert.Equal(1, fills);
        Assert.All(folders, folder => Assert.Equal("whole", File.ReadAllText(Path.Combine(folder, "file"))));
    }

    [Fact]
    public async Task Failure_leaves_nothing_and_the_next_one_succeeds()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => GetAsync(async target =>
        {
            await File.WriteAllTextAsync(Path.Combine(target, "file"), "half", Token);
            throw new InvalidOperationException("interrupted");
        }));
        Assert.Equal(["thing.lock"], root.Names);

        await GetAsync(FillAsync);

        Assert.Equal("whole", await File.ReadAllTextAsync(root["thing/file"], Token));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_replaced()
    {
        Directory.CreateDirectory(root["thing.partial"]);
        await File.WriteAllTextAsync(root["thing.partial/other"], "half", Token);

        await GetAsync(FillAsync);

        Assert.Equal(["file"], Directory.EnumerateFileSystemEntries(root["thing"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Two_processes_download_once()
    {
        Assert.SkipWhen(ChildProcess.Find("npm") is null, "npm is not installed");
        await using var first = new Wrapper(["run"], ("TENANTPLATFORM_CACHE", root.Path));
        await using var second = new Wrapper(["run"], ("TENANTPLATFORM_CACHE", root.Path));
        await first.WaitForAsync("is ready on");
        await second.WaitForAsync("is ready on");
        Assert.SkipWhen((first.Output + second.Output).Contains("could not be downloaded", StringComparison.Ordinal), "the registry is out of reach");

        Assert.Single([first, second], wrapper => wrapper.Output.Contains("Unpacking", StringComparison.Ordinal));
        Assert.Collection(root.Names,
            name => Assert.StartsWith("postgres-", name, StringComparison.Ordinal),
            name => Assert.EndsWith(".lock", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/nonexistent")]
    public async Task Home_is_not_needed(string home)
    {
        await using var wrapper = new Wrapper(["run"], ("HOME", home));

        await wrapper.WaitForAsync("is ready on");
    }

    private Task<string> GetAsync(Func<string, Task> fill) => CacheFolder.GetOrCreateAsync(root.Path, "thing", fill, Token);

    private async Task FillAsync(string target)
    {
        Interlocked.Increment(ref fills);
        await File.WriteAllTextAsync(Path.Combine(target, "file"), "half", Token);
        await Task.Yield();
        await File.WriteAllTextAsync(Path.Combine(target, "file"), "whole", Token);
    }
}
