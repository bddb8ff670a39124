using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using TenantPlatform.EmbeddedPostgres.Npm;
using TenantPlatform.EmbeddedPostgres.Server;

namespace TenantPlatform.EmbeddedPostgres;

/// <summary>A PostgreSQL server that lives as long as this object, or this process, whichever ends first.</summary>
public sealed class EmbeddedPostgresServer : IAsyncDisposable
{
    internal const string Loopback = "127.0.0.1";
    private const int PortAttempts = 5;
    private readonly ServerProcess process;
    private readonly string? temporaryFolder;

    private EmbeddedPostgresServer(ServerProcess process, string dataDirectory, string version, string? temporaryFolder, NpgsqlConnectionStringBuilder access)
    {
        (this.process, this.temporaryFolder) = (process, temporaryFolder);
        (DataDirectory, Version, Port, ConnectionString) = (dataDirectory, version, access.Port, access.ConnectionString);
    }

    /// <summary>The only address the server listens on.</summary>
    public string Host { get; } = Loopback;

    public int Port { get; }

    /// <summary>Of the superuser, to the database "postgres".</summary>
    public string ConnectionString { get; }

    /// <summary>Where the data really is, which can be elsewhere than requested.</summary>
    public string DataDirectory { get; }

    /// <summary>For example "18.4".</summary>
    public string Version { get; }

    /// <summary>Completes with the server's exit code, whoever ended it.</summary>
    public Task<int> Exited => process.Exited;

    /// <summary>Returns when the server answers queries.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot start, and the message says why.</exception>
    public static async Task<EmbeddedPostgresServer> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var binaries = await PostgresBinaries.EnsureAsync(options.Progress, cancellationToken);
            var account = ServerAccount.Find();
            if (!await account.CanReachAsync(binaries.Folder, cancellationToken))
                throw new EmbeddedPostgresException($"The {account}, as whom PostgreSQL must run because you are root, cannot reach its programs in {binaries.Folder}: open the folders above them (chmod o+x), or name another cache folder in TENANTPLATFORM_CACHE.");
            return options.DataDirectory is { } folder
                ? await StartDurableAsync(folder, binaries, account, options, cancellationToken)
                : await StartTemporaryAsync(binaries, account, options, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException(
                $"The data directory {options.DataDirectory ?? Path.GetTempPath()} cannot be used ({e.Message}): choose another one, or give the user \"{Environment.UserName}\" access to it.", e);
        }
    }

    /// <summary>Sends clients away and waits until the server has gone.</summary>
    public Task StopAsync() => process.StopAsync();

    /// <summary>Stops, and deletes a temporary data directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await using (var pooled = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pooled);
        if (temporaryFolder is not null)
            Directory.Delete(temporaryFolder, recursive: true);
    }

    private static async Task<EmbeddedPostgresServer> StartDurableAsync(
        string folder, PostgresBinaries binaries, ServerAccount account, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        var path = await DataLocation.OfAsync(folder, account, options.Report, cancellationToken);
        using var held = await FileLock.AcquireAsync(path + ".lock",
            () => options.Report($"Waiting for another program that is starting PostgreSQL on {path}"), cancellationToken);
        return await StartAsync(new Launch(new DataDirectory(path, binaries, account), binaries, account, options), cancellationToken);
    }

    private static async Task<EmbeddedPostgresServer> StartTemporaryAsync(
        PostgresBinaries binaries, ServerAccount account, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        var folder = await DataLocation.OfTemporaryAsync(account, cancellationToken);
        CacheFolder.Create(folder);
        try
        {
            var data = new DataDirectory(Path.Combine(folder, "data"), binaries, account);
            return await StartAsync(new Launch(data, binaries, account, options) { TemporaryFolder = folder }, cancellationToken);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private static async Task<EmbeddedPostgresServer> StartAsync(Launch launch, CancellationToken cancellationToken)
    {
        var access = new NpgsqlConnectionStringBuilder
        {
            Host = Loopback,
            Username = Server.DataDirectory.Superuser,
            Password = launch.Options.Password ?? RandomNumberGenerator.GetHexString(32, lowercase: true),
            Database = "postgres",
        };
        if (access.Password.Length == 0 || access.Password.Any(char.IsControl))
            throw new EmbeddedPostgresException("The superuser's password must not be empty or hold control characters: choose another one.");

        await launch.Data.PrepareAsync(access.Password, launch.Options.IsDurable, launch.Options.Report, cancellationToken);
        var process = await LaunchAsync(launch, access, cancellationToken);
        return new EmbeddedPostgresServer(process, launch.Data.Path, launch.Binaries.Version, launch.TemporaryFolder, access);
    }

    private static async Task<ServerProcess> LaunchAsync(Launch launch, NpgsqlConnectionStringBuilder access, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            access.Port = launch.Options.Port is > 0 and var port ? port : FreePort();
            var process = launch.Run(access.Port);
            try
            {
                await process.WaitUntilReadyAsync(launch.Data.Path, access.Port, cancellationToken);
                await QueryAsync(access, cancellationToken);
                return process;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword && attempt < PortAttempts)
            {
                // Somebody changed the password by SQL since we last set it.
                await process.DisposeAsync();
                await launch.Data.ChangePasswordAsync(access.Password!, launch.Options.Report, cancellationToken);
            }
            catch (EmbeddedPostgresException e) when (e.IsOccupiedPort && launch.Options.Port is null or 0 && attempt < PortAttempts)
            {
                await process.DisposeAsync();
            }
            catch
            {
                await process.DisposeAsync();
                throw;
            }
        }
    }

    private static async Task QueryAsync(NpgsqlConnectionStringBuilder access, CancellationToken cancellationToken)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(access.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select 1", connection);
        await command.ExecuteScalarAsync(cancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
