using TenantPlatform.Data.Tenancy;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>Empties the place where a tenant does not work: where it came from, or where it will not go after all. Can be done again and again.</summary>
internal sealed class PlaceRemoval(IReadOnlyList<MoveTable> tables)
{
    private const int Rows = 5000;

    // Asked in the transaction that removes, so that nobody's rows can go, whatever went wrong before.
    private const string LivesElsewhere = "exists (select from platform.tenants where id = $1 and placement <> $2)";

    /// <param name="last">Done in the transaction with which the place is empty.</param>
    public Task RemoveAsync(MoverSession session, MovingTenant tenant, string placement, Func<CancellationToken, Task> last, CancellationToken cancellationToken) =>
        placement == TenantPlacement.Pooled
            ? DeleteRowsAsync(session, tenant, last, cancellationToken)
            : DropSchemaAsync(session, tenant, last, cancellationToken);

    private async Task DeleteRowsAsync(MoverSession session, MovingTenant tenant, Func<CancellationToken, Task> last, CancellationToken cancellationToken)
    {
        foreach (var table in tables.Reverse())
        {
            // Rows that refer to each other go in one statement, behind which their references are checked.
            var limit = table.RefersToItself ? "" : $" limit {Rows}";
            var name = $"pooled.\"{table.Name}\"";
            var delete = $"delete from {name} where tenant_id = $1 and id = any (array(select id from {name} where tenant_id = $1{limit})) and {LivesElsewhere}";

            while (await session.ExecuteAsync(delete, [tenant.Id, TenantPlacement.Pooled], cancellationToken) >= Rows)
            {
                continue;
            }
        }

        await session.InTransactionAsync(last, cancellationToken);
    }

    private static async Task DropSchemaAsync(MoverSession session, MovingTenant tenant, Func<CancellationToken, Task> last, CancellationToken cancellationToken)
    {
        var schema = SchemaLedger.NameFor(tenant.Key);
        await LockRetry.RunAsync(session.Connection, async cancel => await DropReferencesAsync(session, tenant, schema, cancel), cancellationToken);
        await LockRetry.RunAsync(
            session.Connection,
            async cancel =>
            {
                await RequireElsewhereAsync(session, tenant, cancel);
                await SchemaBuilder.DropAsync(session.Connection, schema, cancel);
                await SchemaLedger.RemoveAsync(session.Connection, schema, cancel);
                await last(cancel);
                return true;
            },
            cancellationToken);
    }

    // They lock tables that all tenants share, against reading too; dropped with the schema, that lock would last as long as all the rest.
    private static async Task<bool> DropReferencesAsync(MoverSession session, MovingTenant tenant, string schema, CancellationToken cancellationToken)
    {
        await RequireElsewhereAsync(session, tenant, cancellationToken);
        var script = await session.ScalarAsync<string>(
            """
            with shared as (
                select k.conrelid::regclass as dependent, k.conname, k.confrelid::regclass as principal
                from pg_constraint k join pg_class p on p.oid = k.confrelid
                where k.contype = 'f' and k.connamespace = to_regnamespace($1) and p.relnamespace <> k.connamespace)
            select 'lock table ' || (select string_agg(distinct dependent::text, ', ') from shared) || ' in access exclusive mode; '
                || 'set local lock_timeout = ''50ms''; '
                || 'lock table ' || (select string_agg(distinct principal::text collate "C", ', ' order by principal::text collate "C") from shared) || ' in access exclusive mode; '
                || string_agg(alteration, ' ')
            from (select format('alter table %s %s;', dependent, string_agg(format('drop constraint %I', conname), ', ')) as alteration
                  from shared group by dependent) alterations
            """,
            [$"\"{schema}\""],
            cancellationToken);
        return script is not null && await session.ExecuteAsync(script, [], cancellationToken) != 0;
    }

    private static async Task RequireElsewhereAsync(MoverSession session, MovingTenant tenant, CancellationToken cancellationToken)
    {
        if (!await session.ScalarAsync<bool>($"select {LivesElsewhere}", [tenant.Id, TenantPlacement.Dedicated], cancellationToken))
        {
            throw new MoveRefusedException($"Tenant {tenant.Key} works in its schema, which therefore stays.");
        }
    }
}
