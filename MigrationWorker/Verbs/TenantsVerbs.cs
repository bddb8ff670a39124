using System.Globalization;
using Npgsql;
using TenantPlatform.MigrationWorker.Tenants;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>tenants purge: what remains to be done once nobody can restore a deleted tenant any more.</summary>
internal static class TenantsVerbs
{
    private const int DefaultDays = 30;

    public static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        ["purge", .. var options] when Parse(options) is { } run => Worker.RunAsync(
            ["--Logging:LogLevel:Default=Warning"], (services, cancellationToken) => PurgeAsync(services, run, cancellationToken)),
        _ => Task.FromResult(Usage.Refuse(["tenants", .. arguments])),
    };

    private static async Task<int> PurgeAsync(IServiceProvider services, Run run, CancellationToken cancellationToken)
    {
        var purge = services.GetRequiredService<TenantPurge>();
        var before = services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-run.Days);
        await using var owner = new NpgsqlConnection(services.GetRequiredService<Roles>().OwnerConnectionString());
        await owner.OpenAsync(cancellationToken);
        var tenants = await TenantPurge.FindAsync(owner, before, cancellationToken);
        var failed = 0;

        foreach (var tenant in tenants)
        {
            var outcome = run.Dry ? "would be purged" : await OutcomeAsync(purge, owner, tenant, cancellationToken);
            failed += outcome.StartsWith("failed", StringComparison.Ordinal) ? 1 : 0;
            Console.WriteLine($"{tenant.Key}  {tenant.Name}, deleted {tenant.Deleted:u}: {outcome}");
        }

        Console.WriteLine($"{tenants.Count} tenant(s) were deleted more than {run.Days} days ago, {failed} failed.");
        return failed is 0 ? 0 : 1;
    }

    // One that cannot be purged must not keep the others.
    private static async Task<string> OutcomeAsync(TenantPurge purge, NpgsqlConnection owner, DeletedTenant tenant, CancellationToken cancellationToken)
    {
        try
        {
            return await purge.PurgeAsync(owner, tenant, cancellationToken) ? "purged" : "restored meanwhile";
        }
        catch (PostgresException e)
        {
            return $"failed: {e.Message}";
        }
    }

    private static Run? Parse(string[] options) => options switch
    {
        [] => new(DefaultDays, false),
        ["--dry-run", .. var rest] => Parse(rest) is { } run ? run with { Dry = true } : null,
        ["--deleted-for-days", var text, .. var rest] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) =>
            Parse(rest) is { } run ? run with { Days = days } : null,
        _ => null,
    };

    private sealed record Run(int Days, bool Dry);
}
