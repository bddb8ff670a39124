using Npgsql;

namespace TenantPlatform.Data.Schema;

/// <summary>Reads facts out of the system catalog. The connection's search_path must be pg_catalog, or names lose their schema.</summary>
internal static class Catalog
{
    public static Task<List<CatalogFact>> ReadTablesAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken) =>
        ReadAsync(connection, "catalog-facts.sql", schema, cancellationToken);

    public static Task<List<CatalogFact>> ReadGrantsAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken) =>
        ReadAsync(connection, "catalog-grants.sql", schema, cancellationToken);

    private static async Task<List<CatalogFact>> ReadAsync(
        NpgsqlConnection connection, string script, string schema, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(Catalog).Assembly.GetManifestResourceStream(script)!);
        await using var command = new NpgsqlCommand(await reader.ReadToEndAsync(cancellationToken), connection) { Parameters = { new() { Value = schema } } };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var facts = new List<CatalogFact>();

        while (await rows.ReadAsync(cancellationToken))
        {
            facts.Add(new CatalogFact(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4)));
        }

        return facts;
    }
}
