using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;

namespace TenantPlatform.Schema.Tests;

/// <summary>Columns, indexes and foreign keys of a database, as plain as docs/seeds.md speaks of them.</summary>
internal sealed record LiveSchema(
    [property: JsonPropertyName("columns")] IReadOnlyList<LiveColumn> Columns,
    [property: JsonPropertyName("indexes")] IReadOnlyList<LiveIndex> Indexes,
    [property: JsonPropertyName("foreign_keys")] IReadOnlyList<LiveForeignKey> ForeignKeys)
{
    private const string Query = """
        with t as (
            select c.oid, n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('platform', 'pooled') and c.relkind in ('r', 'p')
        )
        select json_build_object(
            'columns', (
                select json_agg(json_build_object('table', t.name, 'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'not_null', a.attnotnull))
                from t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped),
            'indexes', (
                select json_agg(json_build_object('table', t.name, 'unique', i.indisunique, 'where', pg_get_expr(i.indpred, i.indrelid), 'columns', (
                    select json_agg(a.attname order by k.position) from unnest(i.indkey) with ordinality k (attnum, position)
                    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum)))
                from t join pg_index i on i.indrelid = t.oid),
            'foreign_keys', (
                select json_agg(json_build_object('table', t.name, 'last_column', l.attname, 'on_delete', k.confdeltype,
                    'references', p.name || regexp_replace(pg_get_constraintdef(k.oid), '^.*REFERENCES [^(]*(\([^)]*\)).*$', ' \1')))
                from t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' join t p on p.oid = k.confrelid
                join pg_attribute l on l.attrelid = t.oid and l.attnum = k.conkey[cardinality(k.conkey)]))
        """;

    public static async Task<LiveSchema> ReadAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Query, connection);
        return JsonSerializer.Deserialize<LiveSchema>((string)(await command.ExecuteScalarAsync(Cancel))!)!;
    }
}

internal sealed record LiveColumn(
    [property: JsonPropertyName("table")] string Table,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("not_null")] bool NotNull);

internal sealed record LiveIndex(
    [property: JsonPropertyName("table")] string Table,
    [property: JsonPropertyName("unique")] bool Unique,
    [property: JsonPropertyName("where")] string? Where,
    [property: JsonPropertyName("columns")] IReadOnlyList<string> Columns)
{
    /// <summary>Without a tenant in front.</summary>
    public IEnumerable<string> OwnColumns => Columns.Count > 1 && Columns[0] == "tenant_id" ? Columns.Skip(1) : Columns;
}

internal sealed record LiveForeignKey(
    [property: JsonPropertyName("table")] string Table,
    [property: JsonPropertyName("last_column")] string LastColumn,
    [property: JsonPropertyName("on_delete")] string OnDelete,
    [property: JsonPropertyName("references")] string References);
