using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Server;

/// <summary>
/// Where the data of a requested folder really lives. A user that root hands PostgreSQL to may be unable to reach the folder
/// (below a home that only root can enter); its data then goes to /var/lib, under a random name that is kept in the folder,
/// so that a fresh checkout in the same place does not find the data of an older one.
/// </summary>
internal static class DataLocation
{
    private const string Elsewhere = "/var/lib/tenantplatform";
    private const string Marker = "location";

    public static async Task<string> OfTemporaryAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        var parent = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.GetTempPath()));
        if (!await account.CanReachAsync(parent, cancellationToken))
            CacheFolder.Create(parent = Elsewhere);
        return Path.Combine(parent, $"tenantplatform-postgres-{NewId()}");
    }

    public static async Task<string> OfAsync(
        string requested, ServerAccount account, Action<string> progress, CancellationToken cancellationToken)
    {
        requested = Path.TrimEndingDirectorySeparator(Path.GetFullPath(requested));
        var marker = Path.Combine(requested, Marker);
        if (File.Exists(marker))
            return Marked(marker, account, progress);

        var parent = Path.GetDirectoryName(requested)
            ?? throw new EmbeddedPostgresException($"{requested} cannot be a data directory: name a folder in it.");
        Directory.CreateDirectory(parent);
        if (await account.CanReachAsync(parent, cancellationToken))
            return requested;
        if (File.Exists(Path.Combine(requested, "PG_VERSION")))
            throw new EmbeddedPostgresException(
                $"The data in {requested} cannot be reached by the {account}, as whom PostgreSQL must run because you are root: start as the user who made it, or open the folders above it (chmod o+x).");

        Directory.CreateDirectory(requested);
        await File.WriteAllTextAsync(marker, NewId() + "\n", cancellationToken);
        return Marked(marker, account, progress);
    }

    private static string Marked(string marker, ServerAccount account, Action<string> progress)
    {
        var requested = Path.GetDirectoryName(marker)!;
        var id = File.ReadAllText(marker).Trim();
        if (id.Length == 0 || !id.All(char.IsAsciiHexDigitLower))
            throw new EmbeddedPostgresException($"The file {marker} should name a folder in {Elsewhere} but does not: restore it, or remove it to begin with an empty database.");
        var folder = Path.Combine(Elsewhere, id);
        if (!account.IsAnother)
            throw new EmbeddedPostgresException($"The data of {requested} is in {folder} because it was made by root: start as root, or remove {marker} to begin with an empty database.");

        CacheFolder.Create(Elsewhere);
        progress($"The data of {requested} is in {folder}, because PostgreSQL runs as the {account}, who cannot reach the former");
        return folder;
    }

    private static string NewId() => Guid.NewGuid().ToString("N");
}
