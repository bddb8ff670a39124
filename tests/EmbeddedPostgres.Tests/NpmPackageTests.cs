using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class NpmPackageTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<string> progress = [];

    public NpmPackageTests()
    {
        Assert.SkipWhen(ChildProcess.Find("npm") is null, "npm is not installed");
        Directory.CreateDirectory(Target);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => folder["target"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Package_is_unpacked_with_its_exec_bits_and_without_leftovers()
    {
        using var registry = new FakeRegistry(folder.Path);

        await ExtractAsync(registry.Integrity);

        Assert.Equal(["bin", "readme"], Directory.EnumerateFileSystemEntries(Target).Select(Path.GetFileName).Order());
        Assert.Equal("read", await File.ReadAllTextAsync(Path.Combine(Target, "readme"), Token));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("755", Convert.ToString((int)File.GetUnixFileMode(Path.Combine(Target, "bin/server")), 8));
            Assert.Equal("644", Convert.ToString((int)File.GetUnixFileMode(Path.Combine(Target, "readme")), 8));
        }
    }

    [Fact]
    public async Task Download_with_another_hash_is_discarded()
    {
        using var registry = new FakeRegistry(folder.Path);

        var error = await Assert.ThrowsAsync<NpmPackageException>(() => ExtractAsync("sha512-AAAA"));

        Assert.Equal(NpmProblem.WrongHash, error.Problem);
        Assert.Contains(registry.Integrity, error.Message, StringComparison.Ordinal);
        Assert.Contains("sha512-AAAA", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Target));
    }

    [Fact]
    public async Task Slow_download_keeps_talking()
    {
        using var registry = new FakeRegistry(folder.Path) { Slowness = TimeSpan.FromSeconds(2.5) };

        await ExtractAsync(registry.Integrity);

        Assert.Equal("Downloading fake-server 1.2.3", progress[0]);
        Assert.True(progress.Count(line => line.EndsWith("MB so far", StringComparison.Ordinal)) >= 2, string.Join('\n', progress));
    }

    [Fact]
    public async Task Refusal_of_the_registry_is_told_in_npms_words()
    {
        using var registry = new FakeRegistry(folder.Path);
        var package = new NpmPackage("no-such-package", "1.0.0", "sha512-AAAA");

        var error = await Assert.ThrowsAsync<NpmPackageException>(() => package.ExtractAsync(Target, progress.Add, Token));

        Assert.Equal(NpmProblem.Unreachable, error.Problem);
        Assert.Contains("404 Not Found", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Target));
    }

    [Fact]
    public async Task File_that_would_escape_is_refused()
    {
        using var registry = new FakeRegistry(folder.Path, FakeRegistry.Tarball(("package/../../escaped", "x", Executable: false)));

        var error = await Assert.ThrowsAsync<NpmPackageException>(() => ExtractAsync(registry.Integrity));

        Assert.Equal(NpmProblem.Malformed, error.Problem);
        Assert.False(File.Exists(folder["escaped"]));
    }

    [Fact]
    public async Task Cancelled_download_ends_npm_and_leaves_nothing()
    {
        using var registry = new FakeRegistry(folder.Path) { Slowness = TimeSpan.FromSeconds(30) };
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        void Cancel(string line)
        {
            if (line.EndsWith("MB so far", StringComparison.Ordinal))
                cancelling.Cancel();
        }
        var package = new NpmPackage(FakeRegistry.Package, FakeRegistry.Version, registry.Integrity);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => package.ExtractAsync(Target, Cancel, cancelling.Token));

        Assert.Empty(Directory.EnumerateFileSystemEntries(Target));
    }

    private Task ExtractAsync(string integrity) =>
        new NpmPackage(FakeRegistry.Package, FakeRegistry.Version, integrity).ExtractAsync(Target, progress.Add, Token);
}
