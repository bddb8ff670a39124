using Npgsql;
using TenantPlatform.Data.Isolation.Posture;
using TenantPlatform.Data.Schema;

namespace TenantPlatform.MigrationWorker.Tests.Schemas;

/// <summary>What doctor and verify say about all schemas of single tenants.</summary>
internal static class Broken
{
    public static async Task<IReadOnlyList<string>> FindAsync(NpgsqlConnection owner, DedicatedTenant tenant, string spare)
    {
        var posture = await PostureCheck.RunAsync(owner, sample: null, Cancel);
        var comparison = new SchemaComparison();
        return
        [
            .. posture.Findings.Select(finding => finding.ToString()),
            .. await comparison.FindDifferencesAsync(owner, tenant.Schema, tenant.Tenant.Id, Cancel),
            .. await comparison.FindDifferencesAsync(owner, spare, null, Cancel),
        ];
    }
}
