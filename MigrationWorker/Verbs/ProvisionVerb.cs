using Microsoft.Extensions.Options;
using Npgsql;
using TenantPlatform.MigrationWorker.Provisioning;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>provision: works off the queue once, failures of the past included. Ends with 3 when tenants failed, and all others are active.</summary>
internal static class ProvisionVerb
{
    private const int Quarantined = 3;

    // Standard output is the report's alone.
    private static readonly string[] Quiet = ["--Logging:LogLevel:Default=Warning", "--Logging:Console:LogToStandardErrorThreshold=Trace"];

    public static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        [] => RunAsync(json: false),
        ["--json"] => RunAsync(json: true),
        _ => Task.FromResult(Usage.Refuse(["provision", .. arguments])),
    };

    private static Task<int> RunAsync(bool json) => Worker.RunAsync(Quiet, async (services, cancellationToken) =>
    {
        var done = new List<ProvisionedTenant>();
        try
        {
            await services.GetRequiredService<ProvisioningLanes>().DrainAsync(
                services.GetRequiredService<IOptions<ProvisioningOptions>>().Value.Connections,
                await NowAsync(services.GetRequiredService<Roles>(), cancellationToken),
                Add,
                cancellationToken);
        }
        catch (DatabaseNotReadyException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        var report = new Report([.. done.Where(tenant => tenant.Error is null)], [.. Failed(done)]);
        Write(report, json);
        return report.Failed.Count is 0 ? 0 : Quarantined;

        void Add(ProvisionedTenant tenant)
        {
            done.Add(tenant);

            if (!json)
            {
                Console.WriteLine(Describe(tenant));
            }
        }
    });

    // The database's clock, which also says when somebody failed.
    private static async Task<DateTimeOffset> NowAsync(Roles roles, CancellationToken cancellationToken)
    {
        await using var owner = await roles.OpenOwnerAsync(cancellationToken);
        await using var query = new NpgsqlCommand("select now()", owner);
        return (DateTime)(await query.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string Describe(ProvisionedTenant tenant) => tenant switch
    {
        { Error: { } error } => $"{tenant.Key}  failed: {error}",
        { Adopted: true } => $"{tenant.Key}  active after {tenant.Milliseconds:0} ms, in a schema that was ready",
        _ => $"{tenant.Key}  active after {tenant.Milliseconds:0} ms",
    };

    // One that failed with a spare schema is tried again without it.
    private static IEnumerable<ProvisionedTenant> Failed(List<ProvisionedTenant> done) =>
        done.GroupBy(tenant => tenant.Key).Where(attempts => attempts.All(tenant => tenant.Error is not null)).Select(attempts => attempts.Last());

    private static void Write(Report report, bool json)
    {
        if (json)
        {
            Json.Write(report);
            return;
        }

        Console.WriteLine($"{report.Provisioned.Count} tenant(s) provisioned, {report.Failed.Count} failed.");
    }

    private sealed record Report(IReadOnlyList<ProvisionedTenant> Provisioned, IReadOnlyList<ProvisionedTenant> Failed);
}
