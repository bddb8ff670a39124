using System.ComponentModel;
using System.Diagnostics;
using Npgsql;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Api;

internal static class DrizzlePeer
{
    public static string Folder { get; } = Path.Combine(Repository.Own.Root, "bench", "peers", "drizzle");

    /// <summary>Installs its packages, once.</summary>
    /// <exception cref="BenchException">Node or npm is missing, or the packages cannot be had.</exception>
    public static async Task InstallAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return;
        }

        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--omit=dev", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
            })!;
            await npm.StandardOutput.ReadToEndAsync(cancellationToken);
            await npm.WaitForExitAsync(cancellationToken);

            if (npm.ExitCode != 0)
            {
                throw new BenchException($"npm could not install the packages of {Folder}: see above, or leave out A and Ac with --only.");
            }
        }
        catch (Win32Exception e)
        {
            throw new BenchException($"npm cannot be run ({e.Message}): install Node.js, or leave out A and Ac with --only.");
        }
    }

    public static string ConnectionUrl(BenchDatabase database)
    {
        var access = new NpgsqlConnectionStringBuilder(database.Owner);
        return $"postgres://{access.Username}:{access.Password}@{access.Host}:{access.Port}/{access.Database}";
    }
}
