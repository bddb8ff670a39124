using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.MigrationWorker.Verbs.Doctor;

/// <summary>
/// doctor: changes nothing, lists what breaks isolation. As the API sees the database when the API's connection string is
/// configured, else as the administrator. Ends with 0 without errors, 1 with one or without an answer, 2 when misused.
/// </summary>
internal static class DoctorVerb
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (DoctorOptions.Parse(arguments) is not { } options)
        {
            return Usage.Refuse(["doctor", .. arguments]);
        }

        // Of the host only its configuration: logs and telemetry would mix with the report.
        var configuration = Host.CreateApplicationBuilder().Configuration;
        var api = configuration.GetConnectionString(DataExtensions.ConnectionName);

        if ((api ?? configuration.GetConnectionString(WorkerOptions.AdminConnectionName)) is not { Length: > 0 } access)
        {
            return Refuse(2, $"Nothing to examine: set ConnectionStrings:{DataExtensions.ConnectionName}, as the API has it, or ConnectionStrings:{WorkerOptions.AdminConnectionName}.");
        }

        try
        {
            var report = await ExamineAsync(access, serving: api is not null, options.Sample, CancellationToken.None);
            await WriteAsync(report, options, CancellationToken.None);
            return report.Count(PostureSeverity.Error) == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            return Refuse(1, $"The database cannot be examined ({e.Message}): start it, or correct the connection string.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(1, $"The report cannot be written ({e.Message}): give another --output.");
        }
    }

    private static async Task<DoctorReport> ExamineAsync(string access, bool serving, int? sample, CancellationToken cancellationToken)
    {
        var target = new NpgsqlConnectionStringBuilder(access) { Pooling = false };
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var (rules, posture) = serving
            ? (PostureRules.All, await PostureCheck.RunForServiceAsync(connection, sample, cancellationToken))
            : (PostureRules.Common, await PostureCheck.RunAsync(connection, sample, cancellationToken));
        return new DoctorReport(
            connection.PostgreSqlVersion, $"{target.Host}:{target.Port}", connection.Database, connection.UserName!, rules, posture);
    }

    private static async Task WriteAsync(DoctorReport report, DoctorOptions options, CancellationToken cancellationToken)
    {
        if (options.Output is null)
        {
            var colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
            Console.WriteLine(options.Render(report, colour));
            return;
        }

        await File.WriteAllTextAsync(options.Output, options.Render(report, false) + "\n", cancellationToken);
        Console.WriteLine($"Wrote {options.Output}: {report.Summary}");
    }

    private static int Refuse(int exitCode, string reason)
    {
        Console.Error.WriteLine(reason);
        return exitCode;
    }
}
