using System.Globalization;

namespace TenantPlatform.AppHost;

/// <summary>
/// What outlives a run: the database, and the lock that keeps a second AppHost away from it. The folder .data of this
/// clone, or the one of --Data=path. When publishing, and with --Data=temporary, nothing is kept: <see cref="Folder"/> is null.
/// </summary>
internal sealed class LocalState : IDisposable
{
    private readonly FileStream? claim;

    private LocalState(string? folder, FileStream? claim) => (Folder, this.claim) = (folder, claim);

    public string? Folder { get; }

    /// <summary>Null when another AppHost of this clone is running; who it is has been said on the console.</summary>
    public static LocalState? Open(IDistributedApplicationBuilder builder)
    {
        var given = builder.Configuration["Data"];
        if (builder.ExecutionContext.IsPublishMode || given == "temporary")
        {
            return new LocalState(null, null);
        }

        var folder = Directory.CreateDirectory(given ?? Path.Combine(builder.AppHostDirectory, "..", ".data")).FullName;
        var processFile = Path.Combine(folder, "apphost.pid");

        try
        {
            var claim = new FileStream(Path.Combine(folder, "apphost.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(processFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new LocalState(folder, claim);
        }
        catch (IOException) when (File.Exists(processFile))
        {
            Console.Error.WriteLine(
                $"The application of this clone is already running, as process {File.ReadAllText(processFile)}. Use that one, or stop it and start again.");
            return null;
        }
    }

    public void Dispose()
    {
        if (Folder is not null)
        {
            File.Delete(SqlSessions.FileIn(Folder));
            File.Delete(Path.Combine(Folder, "apphost.pid"));
            claim?.Dispose();
        }
    }
}
