using System.Text;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Internal;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Schema;

#pragma warning disable EF1001 // The name of the annotation "nulls are not distinct" has no public home.

/// <summary>One table: columns, keys, indexes, foreign keys with what a deletion does, checks and policies.</summary>
internal static class TableSection
{
    public static void Render(StringBuilder text, DocumentedTable table)
    {
        var plane = table.IsControlPlane ? $"Control plane, `{table.Table.Schema}.{table.Table.Name}`" : "Tenant plane, pooled or dedicated";
        text.Append($"\n### {table.Table.Name}\n\n{plane}. Primary key ({string.Join(", ", table.Table.PrimaryKey!.Columns)}).\n");

        Rows(text, ["Column", "Type", "Null", "Default"], table.Table.Columns.Select(column => (string[])
            [column.Name, Type(table, column), column.IsNullable ? "yes" : "no", Code(ColumnType.Default(column))]));
        Rows(text, ["Foreign key", "References", "When that row is deleted"], table.ForeignKeys.Select(key => (string[])
            [string.Join(", ", key.Columns), $"{key.PrincipalTable} ({string.Join(", ", key.PrincipalColumns!)})", OnDelete(key)]));
        Rows(text, ["Index", "Columns", "Unique", "Where"], table.Indexes.Select(index => (string[])
            [index.Name, string.Join(", ", Columns(index)), Unique(index), Code(index.Filter)]));
        Rows(text, ["Check", "Rule"], table.Table.CheckConstraints.OrderBy(check => check.Name, StringComparer.Ordinal).Select(check => (string[])
            [check.Name, Code(check.Sql)]));
        Rows(text, ["Policy", "Rule"], RowPolicy.PoliciesOf(table.Table.GetAnnotations()).Select(policy => (string[])
            [policy.Name, Code(policy.Clause)]));
    }

    private static string Type(DocumentedTable table, AddColumnOperation column) => table.Records.TryGetValue(column.Name, out var record)
        ? $"{ColumnType.Short(column)} ({record})"
        : ColumnType.Short(column);

    private static void Rows(StringBuilder text, string[] header, IEnumerable<string[]> rows)
    {
        var lines = rows.Select(cells => $"| {string.Join(" | ", cells)} |\n").ToList();

        if (lines.Count > 0)
        {
            text.Append($"\n| {string.Join(" | ", header)} |\n|{string.Concat(Enumerable.Repeat("---|", header.Length))}\n");
            text.AppendJoin("", lines);
        }
    }

    private static string OnDelete(AddForeignKeyOperation key) => key.OnDelete switch
    {
        ReferentialAction.Cascade => "this row is deleted too",
        ReferentialAction.SetNull => $"{key.Columns[^1]} becomes null",
        _ => "refused while this row exists",
    };

    private static string Unique(CreateIndexOperation index) => (index.IsUnique, index[NpgsqlAnnotationNames.NullsDistinct]) switch
    {
        (true, false) => "yes, nulls too",
        (true, _) => "yes",
        _ => "no",
    };

    private static IEnumerable<string> Columns(CreateIndexOperation index) => index.Columns.Select((column, position) =>
        index.IsDescending is { } descending && (descending.Length == 0 || descending[position]) ? $"{column} desc" : column);

    // A bar would end the cell.
    private static string Code(string? sql) => string.IsNullOrEmpty(sql) ? "" : $"`{sql.Replace("|", "\\|", StringComparison.Ordinal)}`";
}
