using System.Diagnostics;
using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Binaries;

/// <summary>The PostgreSQL servers that are installed on this machine.</summary>
internal static class SystemPostgres
{
    /// <summary>Where the operating systems' packages put their versions side by side: a folder, what is in it, where the programs are in that.</summary>
    private static readonly (string Folder, string Versions, string Programs)[] Places =
    [
        ("/usr/lib/postgresql", "*", "bin"),
        ("/usr", "pgsql-*", "bin"),
        ("/opt/homebrew/opt", "postgresql@*", "bin"),
        ("/usr/local/opt", "postgresql@*", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
        (@"C:\Program Files\PostgreSQL", "*", "bin"),
    ];

    /// <summary>The one on the PATH, else the newest; null when there is none that may be used.</summary>
    public static async Task<PostgresBinaries?> FindAsync(Action<string> refused, CancellationToken cancellationToken)
    {
        var onPath = ChildProcess.Find("postgres") is { } program ? Path.GetDirectoryName(RealPath(program)) : null;
        if (onPath is not null && await TryAsync(onPath, refused, cancellationToken) is { } first)
            return first;

        PostgresBinaries? newest = null;
        foreach (var folder in Folders().Where(folder => folder != onPath))
        {
            var found = await TryAsync(folder, refused, cancellationToken);
            if (found is not null && (newest is null || Order(found) > Order(newest)))
                newest = found;
        }
        return newest;
    }

    /// <summary>Null and a sentence to <paramref name="refused"/> when it cannot or must not be used.</summary>
    public static async Task<PostgresBinaries?> TryAsync(string folder, Action<string> refused, CancellationToken cancellationToken)
    {
        if (!File.Exists(PostgresBinaries.ProgramIn(folder, "initdb")))
            return null;
        var version = await VersionAsync(folder, cancellationToken);
        if (version is { IsSafe: true })
            return new PostgresBinaries(folder, version.Value);

        refused(version is null
            ? $"The PostgreSQL server in {folder} was passed over because it does not run."
            : $"PostgreSQL {version} in {folder} was passed over because its row-level security can be bypassed or is too old (CVE-2023-2455, CVE-2024-10976, CVE-2025-8713): update it to 15.14, 16.10, 17.6, 18 or later.");
        return null;
    }

    /// <summary>Null when the server does not run on this machine.</summary>
    public static async Task<PostgresVersion?> VersionAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var start = new ProcessStartInfo(PostgresBinaries.ProgramIn(folder, "postgres"), ["--version"]) { WorkingDirectory = folder };
            var result = await ChildProcess.RunAsync(start, input: null, cancellationToken);
            return result.ExitCode == 0 ? PostgresVersion.Parse(result.Output) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static IEnumerable<string> Folders() =>
        from place in Places
        where Directory.Exists(place.Folder)
        from version in Directory.EnumerateDirectories(place.Folder, place.Versions)
        select Path.Combine(version, place.Programs);

    private static int Order(PostgresBinaries binaries) => (binaries.Release.Major * 1000) + binaries.Release.Minor;

    private static string RealPath(string program) =>
        File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
}
