using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation.Posture;
using TenantPlatform.Data.Schema;

namespace TenantPlatform.MigrationWorker;

/// <summary>Everything that must hold in a migrated database: tenants are isolated, and model and catalog agree.</summary>
internal sealed class SchemaCheck(Roles roles, ILogger<SchemaCheck> logger)
{
    public const string Grants = "030-grants";

    /// <summary>As tp_owner; the database must exist.</summary>
    public async Task<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken)
    {
        await using var owner = await roles.OpenOwnerAsync(cancellationToken);
        return await FindProblemsAsync(owner, cancellationToken);
    }

    /// <summary>One sentence for each problem; what is no more than a warning goes to the log.</summary>
    public async Task<IReadOnlyList<string>> FindProblemsAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var platform = Migrator.PlatformDb(roles.OwnerConnectionString());
        await using var tenant = Migrator.TenantDb(roles.OwnerConnectionString(TenantDbContext.PooledSchema));
        var posture = await PostureCheck.RunAsync(owner, PostureCheck.UsualSample, cancellationToken);
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
