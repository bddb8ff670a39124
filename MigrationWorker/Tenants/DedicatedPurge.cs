using Npgsql;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Tenants;

/// <summary>
/// Removes the schema of a deleted tenant, if there is one. First nobody can restore it any more, then its tables go, however large,
/// which concerns nobody else. A run that died goes on where it was.
/// </summary>
internal static class DedicatedPurge
{
    // From here on the tenant cannot be restored: it is as it was before its schema was built.
    private const string Close = "update platform.tenants set status = 'provisioning', updated = now() where id = $1";

    /// <summary>False when the tenant was restored meanwhile: then nothing of it is touched.</summary>
    public static async Task<bool> RemoveSchemaAsync(NpgsqlConnection owner, DeletedTenant tenant, CancellationToken cancellationToken)
    {
        if (await FindAsync(owner, tenant, cancellationToken) is not { } schema)
        {
            return true;
        }

        return await LockRetry.RunAsync(owner, cancel => CloseAsync(owner, tenant, schema, cancel), cancellationToken)
            && await LockRetry.RunAsync(owner, cancel => DropAsync(owner, tenant, schema, cancel), cancellationToken);
    }

    // What was never built is a row of the ledger that says why, and no schema, whatever has its name.
    private static async Task<Entry?> FindAsync(NpgsqlConnection owner, DeletedTenant tenant, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand("select name, applied_migration from platform.tenant_schemas where tenant_id = $1", owner)
        {
            Parameters = { new() { Value = tenant.Id } },
        };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new(rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1)) : null;
    }

    private static async Task<bool> CloseAsync(NpgsqlConnection owner, DeletedTenant tenant, Entry schema, CancellationToken cancellationToken)
    {
        if (!await TenantPurge.ClaimAsync(owner, tenant, cancellationToken))
        {
            return false;
        }

        // In quarantine nobody migrates what is half gone.
        await SchemaLedger.QuarantineAsync(owner, schema.Name, schema.Applied, "its tenant is being purged: run tenants purge", cancellationToken);
        await using var close = new NpgsqlCommand(Close, owner) { Parameters = { new() { Value = tenant.Id } } };
        await close.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> DropAsync(NpgsqlConnection owner, DeletedTenant tenant, Entry schema, CancellationToken cancellationToken)
    {
        if (!await TenantPurge.ClaimAsync(owner, tenant, cancellationToken))
        {
            return false;
        }

        if (schema.IsBuilt)
        {
            await SchemaBuilder.DropAsync(owner, schema.Name, cancellationToken);
        }

        await SchemaLedger.RemoveAsync(owner, schema.Name, cancellationToken);
        return true;
    }

    private sealed record Entry(string Name, string? Applied)
    {
        public bool IsBuilt => Applied is not null;
    }
}
