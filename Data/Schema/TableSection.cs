using System.Text;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Schema;

/// <summary>One table: columns, keys, indexes, foreign keys with what a deletion does, checks and policies.</summary>
internal static class TableSection
{
    public static void Render(StringBuilder text, DocumentedTable table)
    {
        var plane = table.IsControlPlane ? $"Control plane, `{table.Table.Schema}.{table.Table.Name}`" : "Tenant plane, pooled or dedicated";
        text.Append($"\n### {table.Table.Name}\n\n{plane}. Primary key ({string.Join(", ", table.Table.PrimaryKey!.Columns)}).\n\n");

        Rows(text, ["Column", "Type", "Null", "Default"], table.Table.Columns.Select(column => (string[])
            [column.Name, ColumnType.Short(column), column.IsNullable ? "yes" : "no", Code(ColumnType.Default(column))]));
        Rows(text, ["Foreign key", "References", "When that row is deleted"], table.ForeignKeys.Select(key => (string[])
            [string.Join(", ", key.Columns), $"{key.PrincipalTable} ({string.Join(", ", key.PrincipalColumns!)})", OnDelete(key)]));
        Rows(text, ["Index", "Columns", "Unique", "Where"], table.Indexes.Select(index => (string[])
            [index.Name, string.Join(", ", Columns(index)), index.IsUnique ? "yes" : "no", Code(index.Filter)]));
        Rows(text, ["Check", "Rule"], table.Table.CheckConstraints.OrderBy(check => check.Name, StringComparer.Ordinal).Select(check => (string[])
            [check.Name, Code(check.Sql)]));
        Rows(text, ["Policy", "Rule"], RowPolicy.PoliciesOf(table.Table.GetAnnotations()).Select(policy => (string[])
            [policy.Name, Code(policy.Clause)]));
    }

    private static void Rows(StringBuilder text, string[] header, IEnumerable<string[]> rows)
    {
        var lines = rows.Select(cells => $"| {string.Join(" | ", cells)} |\n").ToList();

        if (lines.Count > 0)
        {
            text.Append($"| {string.Join(" | ", header)} |\n|{string.Concat(Enumerable.Repeat("---|", header.Length))}\n");
            text.AppendJoin("", lines);
            text.Append('\n');
        }
    }

    private static string OnDelete(AddForeignKeyOperation key) => key.OnDelete switch
    {
        ReferentialAction.Cascade => "this row is deleted too",
        ReferentialAction.SetNull => $"{key.Columns[^1]} becomes null",
        _ => "refused while this row exists",
    };

    private static IEnumerable<string> Columns(CreateIndexOperation index) => index.Columns.Select((column, position) =>
        index.IsDescending is { } descending && (descending.Length == 0 || descending[position]) ? $"{column} desc" : column);

    // A bar would end the cell.
    private static string Code(string? sql) => string.IsNullOrEmpty(sql) ? "" : $"`{sql.Replace("|", "\\|", StringComparison.Ordinal)}`";
}
