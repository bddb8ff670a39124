using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Worker;

/// <summary>What must not be there, and what must still be there, after work that was interrupted.</summary>
internal static class Leftovers
{
    /// <summary>Counts schemas without a row in the ledger, rows without a schema, tenants and moves half way, roles and locks of nobody.</summary>
    public const string Sql = """
        select (select count(*) from pg_namespace n where n.nspname ~ '^(tenant|spare)_' and not exists (select from platform.tenant_schemas s where s.name = n.nspname))
             + (select count(*) from platform.tenant_schemas s where to_regnamespace(s.name) is null)
             + (select count(*) from platform.tenant_schemas s join platform.tenants t on t.id = s.tenant_id where t.placement <> 'dedicated')
             + (select count(*) from platform.tenants t where t.placement = 'dedicated' and not exists (select from platform.tenant_schemas s where s.tenant_id = t.id))
             + (select count(*) from platform.tenants where status = 'provisioning')
             + (select count(*) from platform.tenant_moves where finished is null)
             + (select count(*) from pg_roles where rolname ~ '^(tp|tenant|spare)_' and rolname not in ('tp_owner', 'tp_app'))
             + (select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()))
             + (select count(*) from pg_prepared_xacts)
        """;

    // Wherever the tenants live, every todo counts: one left behind at the old place changes the result.
    public static async Task<string> FingerprintAsync(BenchDatabase database, IReadOnlyList<BenchTenant> movers, CancellationToken cancellationToken)
    {
        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        var fingerprints = new List<string>();

        foreach (var mover in movers)
        {
            var own = await owner.ScalarAsync<bool>($"select to_regclass('{mover.Schema}.todos') is not null", cancellationToken)
                ? $"union all select * from {mover.Schema}.todos" : "";
            fingerprints.Add(await owner.ScalarAsync<string>(
                $"""
                select count(*) || ' ' || sum(hashtextextended(t.id::text || t.title || t.created, 0))
                from (select * from pooled.todos where tenant_id = '{mover.Id}' {own}) t
                """, cancellationToken));
        }

        return string.Join('\n', fingerprints);
    }
}
