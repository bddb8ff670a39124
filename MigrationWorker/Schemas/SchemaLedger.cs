using Npgsql;
using NpgsqlTypes;

namespace TenantPlatform.MigrationWorker.Schemas;

/// <summary>
/// platform.tenant_schemas: which schemas there are and how far each is. Connections are tp_owner's; each change is made in the
/// transaction that does what it records, so ledger and schemas cannot disagree, whenever a worker dies.
/// </summary>
internal static class SchemaLedger
{
    public static string NameFor(string tenantKey) => $"tenant_{tenantKey}";

    /// <summary>Enters a schema that this transaction has built.</summary>
    public static Task AddAsync(NpgsqlConnection owner, string schema, Guid? tenantId, string applied, CancellationToken cancellationToken) => RunAsync(
        owner,
        """
        insert into platform.tenant_schemas (name, tenant_id, applied_migration, started, finished)
        values ($1, $2, $3, transaction_timestamp(), clock_timestamp())
        """,
        [Text(schema), Id(tenantId), Text(applied)],
        cancellationToken);

    /// <summary>That this transaction has done one more migration, which also ends a quarantine.</summary>
    public static Task RecordAsync(NpgsqlConnection owner, string schema, string applied, CancellationToken cancellationToken) => RunAsync(
        owner,
        """
        update platform.tenant_schemas
        set applied_migration = $2, error = null, failures = 0, started = transaction_timestamp(), finished = clock_timestamp(), updated = now()
        where name = $1
        """,
        [Text(schema), Text(applied)],
        cancellationToken);

    /// <summary>Puts a schema in quarantine, after the transaction that failed was undone; not if another worker has gone on with it meanwhile.</summary>
    /// <param name="applied">The last migration that it had when it failed.</param>
    public static Task QuarantineAsync(
        NpgsqlConnection owner, string schema, string? applied, string error, CancellationToken cancellationToken) => RunAsync(
        owner,
        """
        update platform.tenant_schemas set error = $3, failures = failures + 1, updated = now()
        where name = $1 and applied_migration is not distinct from $2 and error is null
        """,
        [Text(schema), new() { Value = (object?)applied ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, Text(error)],
        cancellationToken);

    /// <summary>A spare schema with that migration, nobody else's until the transaction ends; null when there is none to be had.</summary>
    public static async Task<string?> ClaimSpareAsync(NpgsqlConnection owner, string applied, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(
            "select name from platform.tenant_schemas where tenant_id is null and applied_migration = $1 and error is null order by created limit 1 for update skip locked", owner)
        {
            Parameters = { Text(applied) },
        };
        return await query.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>A spare schema now is a tenant's.</summary>
    public static Task AdoptAsync(NpgsqlConnection owner, string spare, string schema, Guid tenantId, CancellationToken cancellationToken) => RunAsync(
        owner,
        "update platform.tenant_schemas set name = $2, tenant_id = $3, updated = now() where name = $1",
        [Text(spare), Text(schema), Id(tenantId)],
        cancellationToken);

    /// <summary>A tenant's schema is a spare one now.</summary>
    public static Task RecycleAsync(NpgsqlConnection owner, string schema, string spare, CancellationToken cancellationToken) => RunAsync(
        owner,
        "update platform.tenant_schemas set name = $2, tenant_id = null, canary = false, updated = now() where name = $1",
        [Text(schema), Text(spare)],
        cancellationToken);

    /// <summary>Forgets a schema that this transaction has dropped.</summary>
    public static Task RemoveAsync(NpgsqlConnection owner, string schema, CancellationToken cancellationToken) =>
        RunAsync(owner, "delete from platform.tenant_schemas where name = $1", [Text(schema)], cancellationToken);

    private static async Task RunAsync(NpgsqlConnection owner, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Text(string value) => new() { Value = value };

    private static NpgsqlParameter Id(Guid? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}
