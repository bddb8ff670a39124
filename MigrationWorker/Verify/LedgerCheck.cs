using Npgsql;
using NpgsqlTypes;

namespace TenantPlatform.MigrationWorker.Verify;

/// <summary>Compares the ledger of schemas with the tenants and with the schemas that there are; visits none of them.</summary>
internal static class LedgerCheck
{
    /// <param name="owner">tp_owner's connection.</param>
    public static async Task<IReadOnlyList<string>> FindProblemsAsync(NpgsqlConnection owner, Guid? tenantId, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(SqlScript.Read("060-ledger"), owner) { Parameters = { Id(tenantId) } };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var problems = new List<string>();

        while (await rows.ReadAsync(cancellationToken))
        {
            problems.Add(rows.GetString(0));
        }

        return problems;
    }

    /// <summary>Those that exist and should be like pooled, in an order of chance.</summary>
    public static async Task<IReadOnlyList<LedgerEntry>> ReadBuiltAsync(NpgsqlConnection owner, Guid? tenantId, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(
            """
            select s.name, s.tenant_id, s.applied_migration, s.error
            from platform.tenant_schemas s
            join pg_namespace n on n.nspname = s.name
            where s.applied_migration is not null and ($1::uuid is null or s.tenant_id = $1)
            order by random()
            """,
            owner)
        { Parameters = { Id(tenantId) } };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var entries = new List<LedgerEntry>();

        while (await rows.ReadAsync(cancellationToken))
        {
            entries.Add(new(
                rows.GetString(0),
                await rows.IsDBNullAsync(1, cancellationToken) ? null : rows.GetGuid(1),
                rows.GetString(2),
                await rows.IsDBNullAsync(3, cancellationToken) ? null : rows.GetString(3)));
        }

        return entries;
    }

    public static async Task<bool> IsUnchangedAsync(NpgsqlConnection owner, LedgerEntry entry, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(
            "select exists (select from platform.tenant_schemas where name = $1 and tenant_id is not distinct from $2 and applied_migration = $3)", owner)
        {
            Parameters = { new() { Value = entry.Name }, Id(entry.TenantId), new() { Value = entry.Applied } },
        };
        return (bool)(await query.ExecuteScalarAsync(cancellationToken))!;
    }

    private static NpgsqlParameter Id(Guid? tenantId) => new() { Value = (object?)tenantId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}

/// <param name="TenantId">Null for a spare schema.</param>
/// <param name="Applied">The last migration that it has had.</param>
/// <param name="Error">Why it is in quarantine, or null.</param>
internal sealed record LedgerEntry(string Name, Guid? TenantId, string Applied, string? Error);
