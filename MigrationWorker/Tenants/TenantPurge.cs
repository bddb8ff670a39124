using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Tenants;

/// <summary>Removes tenants that were deleted long ago, with every row and schema of theirs. Each in transactions of its own, so a run that died is simply run again.</summary>
internal sealed class TenantPurge(Roles roles)
{
    /// <summary>Deleted before that moment; the longest deleted first.</summary>
    public static async Task<IReadOnlyList<DeletedTenant>> FindAsync(NpgsqlConnection owner, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(
            "select id, key, name, deleted from platform.tenants where deleted < $1 order by deleted", owner)
        {
            Parameters = { new() { Value = before } },
        };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var tenants = new List<DeletedTenant>();

        while (await rows.ReadAsync(cancellationToken))
        {
            tenants.Add(new(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3)));
        }

        return tenants;
    }

    /// <summary>False when the tenant was restored meanwhile: then nothing of it is touched.</summary>
    public async Task<bool> PurgeAsync(NpgsqlConnection owner, DeletedTenant tenant, CancellationToken cancellationToken) =>
        await DedicatedPurge.RemoveSchemaAsync(owner, tenant, cancellationToken)
        && await LockRetry.RunAsync(owner, cancel => RemoveRowsAsync(owner, tenant, cancel), cancellationToken);

    /// <summary>Claims a tenant for as long as the transaction lasts; false when it is deleted no more, or anew.</summary>
    internal static async Task<bool> ClaimAsync(NpgsqlConnection owner, DeletedTenant tenant, CancellationToken cancellationToken)
    {
        // Whoever is at work in the tenant, or restoring it, ends first; nobody enters it meanwhile.
        await ExecuteAsync(owner, "select pg_advisory_xact_lock(hashtextextended($1::text, 0))", tenant.Id, cancellationToken);
        await using var stillDeleted = new NpgsqlCommand("select 1 from platform.tenants where id = $1 and deleted = $2 for update", owner)
        {
            Parameters = { new() { Value = tenant.Id }, new() { Value = tenant.Deleted } },
        };

        return await stillDeleted.ExecuteScalarAsync(cancellationToken) is not null;
    }

    // A tenant that is dedicated, or was being moved, may have left some in pooled too.
    private async Task<bool> RemoveRowsAsync(NpgsqlConnection owner, DeletedTenant tenant, CancellationToken cancellationToken)
    {
        if (!await ClaimAsync(owner, tenant, cancellationToken))
        {
            return false;
        }

        foreach (var table in TenantTables())
        {
            await ExecuteAsync(owner, $"delete from {TenantDbContext.PooledSchema}.\"{table}\" where tenant_id = $1", tenant.Id, cancellationToken);
        }

        await ExecuteAsync(owner, "delete from platform.tenants where id = $1", tenant.Id, cancellationToken);
        return true;
    }

    // Rows before those that they refer to, as some references restrict; tenants.id cascades to the control plane.
    private List<string> TenantTables()
    {
        using var db = Migrator.TenantDb(roles.OwnerConnectionString());
        var left = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.Where(table => !table.IsExcludedFromMigrations).ToList();
        var ordered = new List<string>();

        while (left.Count > 0)
        {
            var next = left.First(table => !left.Any(other => other != table && RefersTo(other, table)));
            ordered.Add(next.Name);
            left.Remove(next);
        }

        return ordered;
    }

    private static bool RefersTo(ITable table, ITable principal) =>
        table.ForeignKeyConstraints.Any(key => key.PrincipalTable == principal);

    private static async Task ExecuteAsync(NpgsqlConnection owner, string sql, Guid tenantId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, owner) { Parameters = { new() { Value = tenantId } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

internal sealed record DeletedTenant(Guid Id, string Key, string Name, DateTimeOffset Deleted);
