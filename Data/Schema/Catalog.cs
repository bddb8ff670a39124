using Npgsql;

namespace TenantPlatform.Data.Schema;

/// <summary>Facts out of the system catalog.</summary>
internal static class Catalog
{
    private const string Tables = "catalog-facts";
    private const string Grants = "catalog-grants";
    private const string Likeness = "catalog-likeness";

    /// <summary>The connection's search_path must be pg_catalog, or names lose their schema.</summary>
    public static Task<List<CatalogFact>> ReadTablesAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken) =>
        ReadAsync(connection, Tables, schema, cancellationToken);

    /// <summary>The same.</summary>
    public static Task<List<CatalogFact>> ReadGrantsAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken) =>
        ReadAsync(connection, Grants, schema, cancellationToken);

    /// <summary>All that can be told of a schema. Takes as long whether there are others or not.</summary>
    public static async Task<List<CatalogFact>> ReadSchemaAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var facts = new List<CatalogFact>();
        string[] scripts = [Tables, Grants, Likeness];
        await CatalogReader.ReadAsync(
            connection,
            scripts.Select(script => new NpgsqlBatchCommand(Read(script)) { Parameters = { new() { Value = schema } } }),
            row => facts.Add(Fact(row)),
            cancellationToken);
        return facts;
    }

    private static async Task<List<CatalogFact>> ReadAsync(
        NpgsqlConnection connection, string script, string schema, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Read(script), connection) { Parameters = { new() { Value = schema } } };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var facts = new List<CatalogFact>();

        while (await rows.ReadAsync(cancellationToken))
        {
            facts.Add(Fact(rows));
        }

        return facts;
    }

    private static CatalogFact Fact(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4));

    private static string Read(string script)
    {
        using var reader = new StreamReader(typeof(Catalog).Assembly.GetManifestResourceStream($"{script}.sql")!);
        return reader.ReadToEnd();
    }
}
