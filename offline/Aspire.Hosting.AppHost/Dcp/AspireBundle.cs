using System.Diagnostics;
using System.Runtime.InteropServices;
using TenantPlatform.EmbeddedPostgres.Npm;

namespace Aspire.Hosting.Dcp;

/// <summary>Aspire's own orchestrator and dashboard, as its command line tool on npm brings them.</summary>
internal sealed record AspireBundle(string DcpPath, string DashboardPath, string DashboardDirectory)
{
    private const string Version = "13.5.4";

    private const UnixFileMode ExecutableForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The platforms for which npm has the tool, with the integrity of each package.</summary>
    private static readonly Dictionary<string, string> Integrities = new()
    {
        ["linux-x64"] = "sha512-8PWeRHM1+QwQB2wxDnfPsimi3EW01r04b4DjX0jIDE78SlfJabwVfYArW/48vDzYvPzKSRye6DIPVAsCFoXjBA==",
    };

    /// <summary>Returns at once when the bundle is in the cache of this user; else fetches it (122 MB) and says so.</summary>
    /// <exception cref="DcpException">It cannot be had; the message says why and what to do.</exception>
    public static async Task<AspireBundle> EnsureAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var platform = Platform();
        if (!Integrities.TryGetValue(platform, out var integrity))
            throw new DcpException(
                $"Aspire's orchestrator is on npm for {string.Join(", ", Integrities.Keys)}, not for {platform}. " +
                "Use a NuGet feed that has the Aspire packages and build with -p:AspireFeed=official.");

        var package = new NpmPackage($"@microsoft/aspire-cli-{platform}", Version, integrity);
        try
        {
            var talk = new Progress(progress);
            return In(await talk.WhileAsync(CacheFolder.GetOrCreateAsync(
                $"aspire-{Version}-{platform}", target => FillAsync(package, target, talk.Say, cancellationToken), cancellationToken)));
        }
        catch (NpmPackageException e)
        {
            throw new DcpException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DcpException(
                $"Aspire's orchestrator could not be written to {CacheFolder.Path}: {e.Message} " +
                "Free space there, or name another folder in TENANTPLATFORM_CACHE, and start again.", e);
        }
    }

    private static AspireBundle In(string folder) => new(
        DcpPath: Path.Combine(folder, "dcp", "dcp"),
        DashboardPath: Path.Combine(folder, "managed", "aspire-managed"),
        DashboardDirectory: Path.Combine(folder, "managed"));

    /// <summary>
    /// The tool unpacks into the folder above its own; as the .aspire folder of a home that goes away afterwards it does so
    /// once (it would do it a second time for the user's home) and leaves nothing behind.
    /// </summary>
    private static async Task FillAsync(NpmPackage package, string target, Action<string> progress, CancellationToken cancellationToken)
    {
        var home = Path.Combine(target, "home");
        var tool = Path.Combine(home, ".aspire");
        await package.ExtractAsync(tool, progress, cancellationToken);

        progress("Unpacking Aspire's orchestrator and dashboard");
        await RunSetupAsync(Path.Combine(tool, "bin", "aspire"), home, cancellationToken);
        var unpacked = Directory.GetDirectories(Path.Combine(tool, "versions")).Single();
        foreach (var part in new[] { "dcp", "managed" })
            Directory.Move(Path.Combine(unpacked, part), Path.Combine(target, part));

        // It comes executable for its owner alone, and a cache may be shared.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(target, "dcp", "dcp"), ExecutableForAll);
        // The tunnel (60 MB) only serves containers.
        File.Delete(Path.Combine(target, "dcp", "dcptun_c"));
        Directory.Delete(home, recursive: true);
    }

    private static async Task RunSetupAsync(string aspire, string home, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(aspire, ["setup", "--nologo", "--non-interactive"])
        {
            Environment = { ["HOME"] = home, ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        var setup = await ChildProcess.RunAsync(start, input: null, cancellationToken);
        if (setup.ExitCode != 0)
            throw new DcpException(
                $"Aspire's tool could not unpack its orchestrator (exit code {setup.ExitCode}); start again, and if that does not help report what it says: {setup.Errors.Trim()}");
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : Linux();
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }

    private static string Linux() =>
        RuntimeInformation.RuntimeIdentifier is var id && (id.Contains("musl") || id.StartsWith("alpine", StringComparison.Ordinal))
            ? "linux-musl"
            : "linux";

    /// <summary>Breaks the silence while another process fetches the bundle, or while unpacking takes long.</summary>
    private sealed class Progress(Action<string> report)
    {
        private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);
        private bool spoke;

        public void Say(string line)
        {
            spoke = true;
            report(line);
        }

        public async Task<string> WhileAsync(Task<string> work)
        {
            while (await Task.WhenAny(work, Task.Delay(LongestSilence)) != work)
            {
                if (!spoke)
                    report("Waiting for Aspire's orchestrator and dashboard");
                spoke = false;
            }
            return await work;
        }
    }
}
