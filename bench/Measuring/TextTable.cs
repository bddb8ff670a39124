using System.Text;

namespace TenantPlatform.Bench.Measuring;

/// <summary>Columns as wide as they must be; the first to the left, numbers to the right.</summary>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> rows = [columns];

    public void Add(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        var widths = columns.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();

        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }

        return text.ToString();
    }
}
