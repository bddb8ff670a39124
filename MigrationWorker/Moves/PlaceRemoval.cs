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
            : GiveBackSchemaAsync(session, tenant, last, cancellationToken);

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

    // The schema is kept, empty and without the tenant's name, for the next one: see SchemaBuilder.RecycleAsync.
    private static Task<bool> GiveBackSchemaAsync(MoverSession session, MovingTenant tenant, Func<CancellationToken, Task> last, CancellationToken cancellationToken) => LockRetry.RunAsync(
        session.Connection,
        async cancel =>
        {
            await RequireElsewhereAsync(session, tenant, cancel);

            if (await session.ScalarAsync<string>("select name from platform.tenant_schemas where tenant_id = $1 for update", [tenant.Id], cancel) is { } schema)
            {
                var spare = $"spare_{TenantKey.Generate()}";
                await SchemaBuilder.RecycleAsync(session.Connection, schema, spare, cancel);
                await SchemaLedger.RecycleAsync(session.Connection, schema, spare, cancel);
            }

            await last(cancel);
            return true;
        },
        cancellationToken);

    private static async Task RequireElsewhereAsync(MoverSession session, MovingTenant tenant, CancellationToken cancellationToken)
    {
        if (!await session.ScalarAsync<bool>($"select {LivesElsewhere}", [tenant.Id, TenantPlacement.Dedicated], cancellationToken))
        {
            throw new MoveRefusedException($"Tenant {tenant.Key} works in its schema, which therefore stays.");
        }
    }
}
