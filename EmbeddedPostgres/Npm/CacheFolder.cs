namespace TenantPlatform.EmbeddedPostgres.Npm;

/// <summary>The per-user folder of downloads, shared by every checkout and every process of that user.</summary>
internal static class CacheFolder
{
    private const string FolderName = "tenantplatform";

    private const UnixFileMode OpenToReaders = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>TENANTPLATFORM_CACHE, or the operating system's place for caches of this user.</summary>
    public static string Path { get; } = Locate();

    /// <summary>
    /// Returns the folder at once when it is complete. Otherwise one process fills it while the others wait;
    /// it appears whole or not at all, and what a killed process left is removed.
    /// </summary>
    public static async Task<string> GetOrCreateAsync(string name, Func<string, Task> fill, CancellationToken cancellationToken)
    {
        var folder = System.IO.Path.Combine(Path, name);
        if (Directory.Exists(folder))
            return folder;

        Create(Path);
        using var held = await FileLock.AcquireAsync(folder + ".lock", waiting: null, cancellationToken);
        if (Directory.Exists(folder))
            return folder;

        var partial = folder + ".partial";
        Delete(partial);
        try
        {
            Create(partial);
            await fill(partial);
            Directory.Move(partial, folder);
        }
        finally
        {
            Delete(partial);
        }
        return folder;
    }

    /// <summary>Creates the folder readable for everybody whatever the umask, because PostgreSQL never runs as root.</summary>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder))
            return;
        if (System.IO.Path.GetDirectoryName(folder) is { Length: > 0 } parent)
            Create(parent);
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, OpenToReaders);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static string Locate()
    {
        if (Variable("TENANTPLATFORM_CACHE") is { } given)
            return System.IO.Path.GetFullPath(given);
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
            return "/var/cache/" + FolderName;
        if (OperatingSystem.IsWindows())
            return InFolder(Environment.SpecialFolder.LocalApplicationData, FolderName);
        if (Variable("XDG_CACHE_HOME") is { } caches && System.IO.Path.IsPathRooted(caches))
            return System.IO.Path.Combine(caches, FolderName);

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (!Directory.Exists(home) || home == "/")
            return Homeless();
        return System.IO.Path.Combine(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache", FolderName);
    }

    private static string InFolder(Environment.SpecialFolder folder, string name) =>
        System.IO.Path.Combine(Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify), name);

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Only the owner of a folder may set its mode, so a folder that a stranger prepared there is refused.</summary>
    private static string Homeless()
    {
        var folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{FolderName}-{Environment.UserName}");
        if (OperatingSystem.IsWindows())
            return folder;
        Directory.CreateDirectory(folder, OwnerOnly);
        if (new DirectoryInfo(folder).LinkTarget is not null)
            throw new IOException($"{folder} is a link that somebody else may have made: name a folder of your own in TENANTPLATFORM_CACHE and start again.");
        File.SetUnixFileMode(folder, OwnerOnly);
        return folder;
    }
}
