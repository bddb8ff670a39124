using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.Database;

/// <summary>Debian's PgBouncer in transaction mode over one server connection for all clients of a database.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    public const string Absent = "PgBouncer is not installed: apt-get install pgbouncer.";

    private readonly Process process;
    private readonly string folder;
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PgBouncer(string program, string folder, int port)
    {
        (this.folder, Port) = (folder, port);

        // It runs until its standard input ends, which it does however this process ends.
        process = new Process
        {
            StartInfo = new("/bin/sh", ["-c", "\"$@\" </dev/null & pid=$!; cat; kill $pid; wait $pid", "sh", .. Command(program), Path.Combine(folder, "pgbouncer.ini")])
            {
                RedirectStandardInput = true,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            },
        };
        process.ErrorDataReceived += (_, line) => Receive(line.Data);
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public int Port { get; }

    private static string? Program { get; } = new[] { "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer" }.FirstOrDefault(File.Exists);

    /// <summary>In front of the server of this database; null where it is not installed.</summary>
    public static async Task<PgBouncer?> StartAsync(TestDatabase database, CancellationToken cancellationToken)
    {
        if (Program is null || OperatingSystem.IsWindows())
            return null;

        var (folder, port) = (Directory.CreateTempSubdirectory("pgbouncer-").FullName, FreePort());
        await ConfigureAsync(folder, port, new NpgsqlConnectionStringBuilder(database.App), cancellationToken);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var bouncer = new PgBouncer(Program, folder, port);
        await bouncer.listening.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        return bouncer;
    }

    /// <summary>As the documentation of Npgsql demands it: nothing may be sent to reset a connection that belongs to nobody.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Port = Port, NoResetOnClose = true, MaxPoolSize = 4 }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ConfigureAsync(string folder, int port, NpgsqlConnectionStringBuilder app, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "users.txt"), $"\"{app.Username}\" \"{app.Password}\"\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "pgbouncer.ini"), $"""
            [databases]
            * = host={app.Host} port={app.Port}

            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {Path.Combine(folder, "users.txt")}
            pool_mode = transaction
            default_pool_size = 1
            ignore_startup_parameters = extra_float_digits

            """, cancellationToken);
    }

    // It refuses to be root, who has nobody to stand in for him.
    private static string[] Command(string program) => Environment.IsPrivilegedProcess ? [program, "-u", "nobody"] : [program];

    private void Receive(string? line)
    {
        if (line?.Contains("listening on", StringComparison.Ordinal) is true)
            listening.TrySetResult();
        else if (line?.Contains("FATAL", StringComparison.Ordinal) is true)
            listening.TrySetException(new InvalidOperationException($"PgBouncer did not start: {line}"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
