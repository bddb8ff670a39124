using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation.Posture;
using TenantPlatform.Data.Schema;

namespace TenantPlatform.MigrationWorker;

/// <summary>Everything that must hold in a migrated database: tenants are isolated, and model and catalog agree.</summary>
internal sealed class SchemaCheck(Roles roles, ILogger<SchemaCheck> logger)
{
    public const string Grants = "030-grants";

    /// <summary>One sentence for each problem; what is no more than a warning goes to the log.</summary>
    /// <param name="owner">tp_owner's connection.</param>
    /// <param name="sample">Into how many schemas of single tenants the posture check looks; null for all.</param>
    public async Task<IReadOnlyList<string>> FindProblemsAsync(NpgsqlConnection owner, int? sample, CancellationToken cancellationToken)
    {
        await using var platform = Migrator.PlatformDb(roles.OwnerConnectionString());
        await using var tenant = Migrator.TenantDb(roles.OwnerConnectionString(TenantDbContext.PooledSchema));
        var posture = await PostureCheck.RunAsync(owner, sample, cancellationToken);
        var errors = posture.Findings.Where(finding => finding.Severity is PostureSeverity.Error).ToList();
        var verifier = new SchemaVerifier(platform, tenant, SqlScript.Read(Grants));
        var differences = await verifier.FindDifferencesAsync(owner, [TenantDbContext.PooledSchema], cancellationToken);

        foreach (var finding in posture.Findings.Except(errors))
        {
            logger.LogWarning("Isolation could be stronger: {Finding}", finding);
        }

        return [.. errors.Select(finding => finding.ToString()), .. differences];
    }
}
