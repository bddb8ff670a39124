using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;
using TenantPlatform.EmbeddedPostgres.Npm;

namespace TenantPlatform.EmbeddedPostgres.Sql;

/// <summary>A SQL session for people: psql when it is installed, else a small one of our own.</summary>
internal static class SqlCommand
{
    public static async Task<int> ExecuteAsync(string[] arguments)
    {
        string? role = null, statement = null, serviceFile = null;
        for (var rest = arguments; rest.Length > 0;)
        {
            switch (rest)
            {
                case ["--help" or "-h", ..]:
                    return Usage.Print();
                case ["-c", var text, ..]:
                    (statement, rest) = (text, rest[2..]);
                    break;
                case ["--service-file", var path, ..]:
                    (serviceFile, rest) = (path, rest[2..]);
                    break;
                case [[not '-', ..] name, ..] when role is null:
                    (role, rest) = (name, rest[1..]);
                    break;
                default:
                    return Usage.Refuse($"\"{rest[0]}\" is not an option of sql, or lacks its value");
            }
        }
        if (role is null)
            return Usage.Refuse("sql needs a role, owner or app");

        var services = ServiceFile.Open(serviceFile);
        var (section, values) = services.Find(role);
        return ChildProcess.Find("psql") is { } psql
            ? await RunPsqlAsync(psql, services.Path, section, statement)
            : await RunSessionAsync(values, statement);
    }

    private static async Task<int> RunPsqlAsync(string psql, string serviceFile, string section, string? statement)
    {
        var command = new ProcessStartInfo(psql, statement is null ? [] : ["-c", statement]);
        command.Environment["PGSERVICEFILE"] = serviceFile;
        command.Environment["PGSERVICE"] = section;
        // Ctrl-C is for psql, which cancels its query and goes on.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var process = Process.Start(command)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task<int> RunSessionAsync(IReadOnlyDictionary<string, string> values, string? statement)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(values));
            await connection.OpenAsync();
            var session = new SqlSession(connection, Console.In, Console.Out, Console.Error);
            return statement is null
                ? await session.RunAsync(interactive: !Console.IsInputRedirected)
                : await session.ExecuteAsync(statement) ? 0 : 1;
        }
        catch (NpgsqlException e)
        {
            throw new EmbeddedPostgresException($"The database cannot be reached ({e.Message}): start the AppHost (dotnet run --project AppHost), and leave it running.", e);
        }
    }

    private static string ConnectionString(IReadOnlyDictionary<string, string> values)
    {
        var access = new NpgsqlConnectionStringBuilder { Pooling = false };
        foreach (var (name, value) in values)
        {
            var keyword = name switch { "host" => "Host", "port" => "Port", "dbname" => "Database", "user" => "Username", "password" => "Password", "sslmode" => "SSL Mode", "options" => "Options", _ => null };
            if (keyword is not null)
                access[keyword] = value;
        }
        return access.ConnectionString;
    }
}
