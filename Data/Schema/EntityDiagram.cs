using System.Text;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace TenantPlatform.Data.Schema;

/// <summary>A Mermaid entity-relationship diagram. Tables of other modules appear as boxes without columns.</summary>
internal static class EntityDiagram
{
    public static void Render(StringBuilder text, IReadOnlyList<DocumentedTable> tables)
    {
        text.Append("```mermaid\nerDiagram\n");

        foreach (var table in tables)
        {
            text.Append($"    {table.Table.Name} {{\n");

            foreach (var column in table.Table.Columns)
            {
                text.Append($"        {ColumnType.Short(column)} {column.Name}{Marks(table, column)}\n");
            }

            text.Append("    }\n");
        }

        foreach (var table in tables)
        {
            foreach (var key in table.ForeignKeys)
            {
                text.Append($"    {key.PrincipalTable} {Cardinality(table, key)} {table.Table.Name} : \"{key.Columns[^1]}\"\n");
            }
        }

        text.Append("```\n");
    }

    private static string Marks(DocumentedTable table, AddColumnOperation column)
    {
        string[] marks =
        [
            .. table.Table.PrimaryKey!.Columns.Contains(column.Name) ? ["PK"] : Array.Empty<string>(),
            .. table.ForeignKeys.Any(key => key.Columns[^1] == column.Name) ? ["FK"] : Array.Empty<string>(),
            .. table.Indexes.Any(index => index.IsUnique && index.Columns[^1] == column.Name) ? ["UK"] : Array.Empty<string>(),
        ];
        return marks.Length == 0 ? "" : " " + string.Join(", ", marks);
    }

    private static string Cardinality(DocumentedTable table, AddForeignKeyOperation key)
    {
        var optional = table.Table.Columns.Any(column => column.IsNullable && key.Columns.Contains(column.Name));
        var single = key.Columns.SequenceEqual(table.Table.PrimaryKey!.Columns)
            || table.Indexes.Any(index => index.IsUnique && index.Filter is null && index.Columns.SequenceEqual(key.Columns));
        return (optional ? "|o" : "||") + "--" + (single ? "o|" : "o{");
    }
}
