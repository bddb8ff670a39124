using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Schema;

namespace TenantPlatform.MigrationWorker;

/// <summary>Everything that must hold in a migrated database: tenants are isolated, and model and catalog agree.</summary>
internal sealed class SchemaCheck(Roles roles)
{
    public const string Grants = "030-grants";

    /// <summary>As tp_owner; the database must exist.</summary>
    public async Task<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken)
    {
        await using var owner = new NpgsqlConnection(roles.OwnerConnectionString());
        await owner.OpenAsync(cancellationToken);
        return await FindProblemsAsync(owner, cancellationToken);
    }

    /// <summary>One sentence for each problem.</summary>
    public async Task<IReadOnlyList<string>> FindProblemsAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var platform = Migrator.PlatformDb(roles.OwnerConnectionString());
        await using var tenant = Migrator.TenantDb(roles.OwnerConnectionString(TenantDbContext.PooledSchema));
        var findings = await IsolationCheck.RunAsync(owner, cancellationToken);
        var verifier = new SchemaVerifier(platform, tenant, SqlScript.Read(Grants));
        var differences = await verifier.FindDifferencesAsync(owner, [TenantDbContext.PooledSchema], cancellationToken);

        return [.. findings.Select(finding => finding.ToString()), .. differences];
    }
}
