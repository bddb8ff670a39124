using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Tests;

/// <summary>A folder of one test, open to the user that PostgreSQL runs as.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder() => CacheFolder.Create(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"embedded-postgres-tests-{Guid.NewGuid():N}");

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path)).Order();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
