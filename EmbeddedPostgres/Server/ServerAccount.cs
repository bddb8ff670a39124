using System.Diagnostics;
using System.Globalization;
using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Server;

/// <summary>Who PostgreSQL runs as: oneself, or an unprivileged user when oneself is root, whom PostgreSQL refuses.</summary>
internal sealed class ServerAccount
{
    private static readonly string[] Candidates = ["postgres", "nobody"];
    private readonly string[] launcher;
    private readonly string? owner;

    private ServerAccount(string[] launcher, string? owner, string name) =>
        (this.launcher, this.owner, Name) = (launcher, owner, name);

    public string Name { get; }

    public bool IsAnother => owner is not null;

    public static ServerAccount Find()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new ServerAccount([], null, Environment.UserName);
        if (ChildProcess.Find("setpriv") is not { } setpriv)
            throw new EmbeddedPostgresException("PostgreSQL does not run as root, and setpriv, which starts it as another user, was not found: install util-linux, or start as an ordinary user.");

        var (name, user, group) = Unprivileged(File.ReadLines("/etc/passwd"))
            ?? throw new EmbeddedPostgresException("PostgreSQL does not run as root, and there is neither a user \"postgres\" nor \"nobody\": create one (useradd --system postgres), or start as an ordinary user.");
        return new ServerAccount(
            [setpriv, $"--reuid={user}", $"--regid={group}", name == "nobody" ? "--clear-groups" : "--init-groups", "--"],
            $"{user}:{group}", name);
    }

    internal static (string Name, string User, string Group)? Unprivileged(IEnumerable<string> passwd)
    {
        var accounts = passwd.Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        return Candidates.Select(name => accounts.Find(fields => fields[0] == name))
            .Where(fields => fields is not null && fields[2] != "0")
            .Select(fields => ((string, string, string)?)(fields![0], fields[2], fields[3]))
            .FirstOrDefault();
    }

    /// <summary>setpriv replaces itself by the program, so the process that starts is the program's.</summary>
    public ProcessStartInfo Command(string program, params IEnumerable<string> arguments)
    {
        string[] all = [.. launcher, program, .. arguments];
        var command = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = Path.GetPathRoot(program) };
        foreach (var name in command.Environment.Keys.Where(IsPostgresSetting).ToList())
            command.Environment.Remove(name);
        command.Environment["LC_ALL"] = "C";
        return command;
    }

    public async Task TakeOverAsync(string path, CancellationToken cancellationToken)
    {
        if (owner is null)
            return;
        var result = await ChildProcess.RunAsync(new ProcessStartInfo("chown", ["-R", "-h", owner, path]), input: null, cancellationToken);
        if (result.ExitCode != 0)
            throw new EmbeddedPostgresException(
                $"{path} cannot be given to the user \"{Name}\", as whom PostgreSQL must run ({result.Errors.Trim()}): choose another data directory, or start as an ordinary user.");
    }

    /// <summary>False when some folder on the way is closed to this account.</summary>
    public async Task<bool> CanReachAsync(string folder, CancellationToken cancellationToken)
    {
        if (owner is null)
            return true;
        var result = await ChildProcess.RunAsync(Command("/bin/sh", "-c", "test -x \"$0\"", folder), input: null, cancellationToken);
        return result.ExitCode == 0;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"user \"{Name}\"");

    // PGDATA, PGPORT and their like would change what the programs do; the password is nobody else's business.
    private static bool IsPostgresSetting(string name) =>
        name.StartsWith("PG", StringComparison.Ordinal) || name == "POSTGRES_PASSWORD";
}
