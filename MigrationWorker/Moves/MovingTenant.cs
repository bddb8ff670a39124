using Npgsql;

namespace TenantPlatform.MigrationWorker.Moves;

internal sealed record MovingTenant(Guid Id, string Key, string Name, string Status, string Placement)
{
    /// <summary>By id, key or slug, in this order; also one that is deleted or suspended.</summary>
    public static async Task<MovingTenant?> FindAsync(NpgsqlConnection owner, string name, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(
            """
            select id, key, name, status, placement from platform.tenants
            where id::text = lower($1) or key = $1 or slug = $1
            order by case when id::text = lower($1) then 0 when key = $1 then 1 else 2 end, deleted desc nulls first
            limit 1
            """,
            owner)
        {
            Parameters = { new() { Value = name } },
        };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? new(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4))
            : null;
    }
}
