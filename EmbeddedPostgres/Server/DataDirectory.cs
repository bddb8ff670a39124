using System.Globalization;
using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Server;

/// <summary>One cluster on disk: its beginnings, its state, its superuser's password. Nothing in it is ever deleted here.</summary>
internal sealed class DataDirectory(string path, PostgresBinaries binaries, ServerAccount account)
{
    public const string Superuser = "postgres";

    public string Path { get; } = path;

    private string Unfinished => Path + ".initialising";

    /// <summary>Afterwards the cluster exists and its superuser has that password.</summary>
    public async Task PrepareAsync(string password, bool durable, Action<string> progress, CancellationToken cancellationToken)
    {
        var remembered = new PasswordFingerprint(Path + ".fingerprint");
        if (!Exists())
        {
            await InitialiseAsync(password, durable, progress, cancellationToken);
            remembered.Save(password);
            return;
        }
        CheckState();
        await account.TakeOverAsync(Path, cancellationToken);
        await DataDirectoryOwner.WaitUntilFreeAsync(Path, progress, cancellationToken);
        if (!remembered.Matches(password))
            await ChangePasswordAsync(password, progress, cancellationToken);
    }

    /// <summary>Sets the password in a single-user session: no client can connect meanwhile, and none needs the old one.</summary>
    public async Task ChangePasswordAsync(string password, Action<string> progress, CancellationToken cancellationToken)
    {
        progress("The superuser's password is another one than last time: changing it in the database");
        var statement = $"ALTER ROLE {Superuser} WITH LOGIN PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}';\n\n";
        var command = account.Command(binaries.Program("postgres"), "--single", "-j", "-D", Path, Superuser);
        var result = await ChildProcess.RunAsync(command, statement, cancellationToken);
        if (result.ExitCode != 0 || ServerLog.LastProblem(result.Errors) is not null)
            throw new EmbeddedPostgresException(
                $"The superuser's password in {Path} could not be changed: {ServerLog.LastProblem(result.Errors) ?? result.Errors.Trim()}");
        new PasswordFingerprint(Path + ".fingerprint").Save(password);
    }

    private bool Exists() => Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any();

    private void CheckState()
    {
        var version = System.IO.Path.Combine(Path, "PG_VERSION");
        if (!File.Exists(version))
            throw Unusable("it is not empty, and it is not a PostgreSQL data directory (it has no PG_VERSION)");
        var major = File.ReadAllText(version).Trim();
        if (major != binaries.Release.Major.ToString(CultureInfo.InvariantCulture))
            throw Unusable($"it was made by PostgreSQL {major}, and this server is {binaries.Version}", "dump it with its own version and load it here");
        if (!File.Exists(System.IO.Path.Combine(Path, "global", "pg_control")))
            throw Unusable("it is damaged: global/pg_control is missing", "restore it from a backup");
    }

    private EmbeddedPostgresException Unusable(string reason, string remedy = "choose another folder") => new(
        $"The data directory {Path} cannot be used because {reason}. Nothing in it was changed: {remedy}, or move it away to begin with an empty database.");

    private async Task InitialiseAsync(string password, bool durable, Action<string> progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Unfinished))
        {
            progress($"An earlier start was interrupted while it initialised {Path}: doing it again");
            await RemoveUnfinishedAsync(cancellationToken);
        }
        progress($"Initialising a PostgreSQL {binaries.Version} database in {Path}");
        try
        {
            await RunInitdbAsync(password, durable, cancellationToken);
            if (Directory.Exists(Path))
                Directory.Delete(Path);
            Directory.Move(System.IO.Path.Combine(Unfinished, "data"), Path);
        }
        finally
        {
            await RemoveUnfinishedAsync(CancellationToken.None);
        }
    }

    private async Task RunInitdbAsync(string password, bool durable, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateFolder(Unfinished);
        var passwordFile = System.IO.Path.Combine(Unfinished, "password");
        PrivateFiles.Write(passwordFile, password + "\n");
        await account.TakeOverAsync(Unfinished, cancellationToken);

        string[] arguments =
        [
            "-D", System.IO.Path.Combine(Unfinished, "data"), "-U", Superuser, "-A", "scram-sha-256", "--pwfile", passwordFile,
            "-E", "UTF8", .. Locale(), "--no-instructions", .. durable ? Array.Empty<string>() : ["--no-sync"],
        ];
        var result = await ChildProcess.RunAsync(account.Command(binaries.Program("initdb"), arguments), input: null, cancellationToken);
        if (result.ExitCode != 0)
            throw new EmbeddedPostgresException(
                $"PostgreSQL could not initialise {Path}: {ServerLog.LastProblem(result.Errors) ?? result.Errors.Trim()}");
    }

    /// <summary>Byte order everywhere, with Unicode's upper and lower case: the same on every platform.</summary>
    private string[] Locale() =>
        binaries.Release.Major >= 17 ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        : OperatingSystem.IsLinux() ? ["--locale=C", "--lc-ctype=C.UTF-8"]
        : ["--locale=C"];

    private async Task RemoveUnfinishedAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; Directory.Exists(Unfinished); attempt++)
        {
            try
            {
                Directory.Delete(Unfinished, recursive: true);
            }
            catch (IOException) when (attempt < 20)
            {
                // An initdb whose starter was killed may still be writing for a moment.
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
        }
    }
}
