using Npgsql;
using TenantPlatform.MigrationWorker.Tenants;
using TenantPlatform.MigrationWorker.Verify;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>
/// verify: changes nothing, lists every problem on a line of its own. Ends with 0 when all agree, 1 with a problem or without an
/// answer, 3 when only schemas in quarantine are left.
/// </summary>
internal static class VerifyVerb
{
    private const int CannotBeDone = 1;

    // Standard output is the verb's alone.
    private static readonly string[] Settings = ["--Logging:LogLevel:Default=Warning", "--Logging:Console:LogToStandardErrorThreshold=Trace"];

    public static async Task<int> RunAsync(string[] options) => VerifyRequest.Parse(options) is { } request
        ? await Worker.RunAsync(Settings, (services, cancellationToken) => RunAsync(services, request, cancellationToken))
        : Usage.Refuse(["verify", .. options]);

    private static async Task<int> RunAsync(IServiceProvider services, VerifyRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var tenant = await FindTenantAsync(services.GetRequiredService<Roles>(), request.Tenant, cancellationToken);

            if (tenant is null && request.Tenant is { } name)
            {
                await Console.Error.WriteLineAsync(TenantReference.Unknown(name));
                return CannotBeDone;
            }

            var progress = new VerifyProgress(Console.Error, !Console.IsErrorRedirected);
            var report = await services.GetRequiredService<Verification>().RunAsync(request.Sample, tenant?.Id, progress.Report, cancellationToken);
            progress.End();
            Write(report, request.Json);
            return report.ExitCode;
        }
        catch (NpgsqlException e)
        {
            await Console.Error.WriteLineAsync($"The database cannot be verified ({e.Message}): start it, correct the connection string, or run the worker without a verb first.");
            return CannotBeDone;
        }
    }

    private static async Task<TenantReference?> FindTenantAsync(Roles roles, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return null;
        }

        await using var owner = await roles.OpenOwnerAsync(cancellationToken);
        return await TenantReference.FindAsync(owner, name, cancellationToken);
    }

    private static void Write(VerifyReport report, bool json)
    {
        if (json)
        {
            Json.Write(report);
            return;
        }

        foreach (var line in report.Problems.Concat(report.Quarantined.Select(schema => schema.ToString())).Append(report.Summary))
        {
            Console.WriteLine(line);
        }
    }
}
