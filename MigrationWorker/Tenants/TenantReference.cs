using Npgsql;

namespace TenantPlatform.MigrationWorker.Tenants;

/// <summary>A tenant as people name it on a command line: by id, key or slug.</summary>
internal sealed record TenantReference(Guid Id, string Key, string Slug, string Placement)
{
    public static string Unknown(string name) => $"There is no tenant with the id, key or slug '{name}'.";

    /// <param name="owner">tp_owner's connection.</param>
    public static async Task<TenantReference?> FindAsync(NpgsqlConnection owner, string name, CancellationToken cancellationToken)
    {
        // A key can be somebody else's slug; keys never change hands, so they win.
        await using var query = new NpgsqlCommand(
            """
            select id, key, slug, placement from platform.tenants
            where id = $2 or key = $1 or slug = $1 and deleted is null
            order by id = $2 desc, key = $1 desc limit 1
            """,
            owner)
        {
            Parameters = { new() { Value = name }, new() { Value = Guid.TryParse(name, out var id) ? id : Guid.Empty } },
        };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? new(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3))
            : null;
    }
}
