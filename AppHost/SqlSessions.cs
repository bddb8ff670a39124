namespace TenantPlatform.AppHost;

/// <summary>While the application runs, .data/pg_service.conf lets psql and the like log in as tp_owner and as tp_app.</summary>
internal static class SqlSessions
{
    public static string FileIn(string folder) => Path.Combine(folder, "pg_service.conf");

    public static void OfferSqlSessions(
        this LocalState local,
        IResourceBuilder<ProjectResource> migrations,
        DatabaseServer server,
        IResourceBuilder<ParameterResource> ownerPassword,
        IResourceBuilder<ParameterResource> appPassword)
    {
        if (local.Folder is not { } folder)
        {
            return;
        }

        // The roles exist once the worker has run, and its failure is a reason to look into the database.
        migrations.OnResourceStopped(async (_, _, cancellationToken) =>
        {
            var address = await server.GetAddressAsync(cancellationToken);
            var owner = await ownerPassword.Resource.GetValueAsync(cancellationToken);
            var app = await appPassword.Resource.GetValueAsync(cancellationToken);
            await WriteAsync(FileIn(folder), Section("tp_owner", owner, address) + Section("tp_app", app, address), cancellationToken);
        });
    }

    private static string Section(string role, string? password, (string? Host, int Port) address) =>
        $"[{role}]\nhost={address.Host}\nport={address.Port}\ndbname={DatabaseServer.Database}\nuser={role}\npassword={password}\n\n";

    private static async Task WriteAsync(string path, string content, CancellationToken cancellationToken)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(content.AsMemory(), cancellationToken);
    }
}
