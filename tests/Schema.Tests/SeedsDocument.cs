using TenantPlatform.Fixtures;

namespace TenantPlatform.Schema.Tests;

/// <summary>docs/seeds.md, read as the tables that it consists of.</summary>
internal static class SeedsDocument
{
    public const string NotHere = "-";

    private static readonly string[] ColumnHeader =
        ["Table", "Column", "Ours", "Type", "Null", "Unique", "Index", "References", "On delete", "Difference"];

    private static readonly string[] IndexHeader = ["Document", "Index", "Ours", "Difference"];

    private static readonly string[] HelperHeader = ["Document", "Named there", "Ours", "Difference"];

    public static IReadOnlyList<SeedColumn> Columns { get; } =
    [
        .. Rows(ColumnHeader).Select(row => new SeedColumn(
            row.Section, row.Cells[0], row.Cells[1], row.Cells[2], row.Cells[3], row.Cells[4], row.Cells[5], row.Cells[6], row.Cells[7], row.Cells[8], row.Cells[9])),
    ];

    public static IReadOnlyList<SeedIndex> Indexes { get; } =
        [.. Rows(IndexHeader).Select(row => new SeedIndex(row.Cells[0], row.Cells[1], row.Cells[2], row.Cells[3]))];

    public static IReadOnlyList<string> Helpers { get; } = [.. Rows(HelperHeader).Select(row => row.Cells[2])];

    private static IEnumerable<(string Section, string[] Cells)> Rows(string[] header)
    {
        var (section, inside) = ("", false);

        foreach (var line in File.ReadLines(Repository.PathOf("docs/seeds.md")))
        {
            var cells = Cells(line);
            (section, inside) = line switch
            {
                ['#', '#', ' ', .. var title] => (title, false),
                ['|', ..] => (section, inside || cells.SequenceEqual(header)),
                _ => (section, false),
            };

            if (inside && !cells.SequenceEqual(header) && !line.StartsWith("|--", StringComparison.Ordinal))
                yield return (section, cells);
        }
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}

/// <param name="Ours">schema.table.column, schema.table in the row of a table, or a dash.</param>
/// <param name="Unique">Columns of a unique index, "where" included; empty when the column is not unique.</param>
internal sealed record SeedColumn(
    string Document, string Table, string Column, string Ours, string Type, string Null, string Unique, string Index, string References, string OnDelete, string Difference)
{
    public override string ToString() => $"{Document}, {Table}{(Column.Length == 0 ? "" : ".")}{Column}";
}

/// <param name="Ours">schema.table (columns), or a dash.</param>
internal sealed record SeedIndex(string Document, string Name, string Ours, string Difference)
{
    public override string ToString() => $"{Document}, {Name}";
}
