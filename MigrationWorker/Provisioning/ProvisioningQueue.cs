using Npgsql;
using NpgsqlTypes;
using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.MigrationWorker.Provisioning;

/// <summary>
/// Tenants that wait for a schema of their own: rows of platform.tenants, so nothing can get lost between asking for one and
/// having it. A failure is a row of the ledger without an applied migration, which says why and how often.
/// </summary>
internal static class ProvisioningQueue
{
    // $1 null: what has failed waits longer each time, an hour at most. Else what has failed since then is left alone.
    private const string Waiting = """
        from platform.tenants t
        where t.placement = 'dedicated' and t.status = 'provisioning' and t.deleted is null and not exists (
            select from platform.tenant_schemas s
            where s.tenant_id = t.id and (s.applied_migration is not null or case when $1::timestamptz is null
                then s.updated + least(interval '5 seconds' * 2 ^ (s.failures - 1), interval '1 hour') > now()
                else s.updated >= $1 end))
        """;

    /// <summary>Whoever has waited longest and is nobody else's work; null when there is none. Claimed until the transaction ends.</summary>
    /// <param name="failedBefore">Try tenants again that failed before then; null for those whose pause is over.</param>
    public static async Task<QueuedTenant?> ClaimAsync(NpgsqlConnection owner, DateTimeOffset? failedBefore, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand($"select t.id, t.key {Waiting} order by t.created limit 1 for no key update of t skip locked", owner)
        {
            Parameters = { Moment(failedBefore) },
        };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new(rows.GetGuid(0), rows.GetString(1)) : null;
    }

    public static async Task<int> CountAsync(NpgsqlConnection owner, DateTimeOffset? failedBefore, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand($"select count(*)::int {Waiting}", owner) { Parameters = { Moment(failedBefore) } };
        return (int)(await query.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Lets the tenant's people in, in every API process, as soon as the transaction commits.</summary>
    public static Task ActivateAsync(NpgsqlConnection owner, QueuedTenant tenant, CancellationToken cancellationToken) => RunAsync(
        owner,
        """
        with activated as (update platform.tenants set status = 'active', updated = now() where id = $1)
        select pg_notify($2, $3)
        """,
        [
            new() { Value = tenant.Id },
            new() { Value = AccessChangeNotification.Channel },
            new() { Value = AccessChange.OfTenant(tenant.Id).ToString() },
        ],
        cancellationToken);

    /// <summary>After the transaction that failed was undone. Somebody else may have succeeded since, which counts.</summary>
    public static Task RecordFailureAsync(NpgsqlConnection owner, QueuedTenant tenant, string error, CancellationToken cancellationToken) => RunAsync(
        owner,
        """
        insert into platform.tenant_schemas (name, tenant_id, error, failures)
        select 'tenant_' || t.key, t.id, $2, 1 from platform.tenants t where t.id = $1 and t.status = 'provisioning'
        on conflict (name) do update set error = excluded.error, failures = tenant_schemas.failures + 1, updated = now()
        where tenant_schemas.applied_migration is null
        """,
        [new() { Value = tenant.Id }, new() { Value = error }],
        cancellationToken);

    private static NpgsqlParameter Moment(DateTimeOffset? moment) =>
        new() { Value = (object?)moment ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static async Task RunAsync(NpgsqlConnection owner, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

internal sealed record QueuedTenant(Guid Id, string Key);
