using System.Data.Common;

namespace TenantPlatform.EmbeddedPostgres.Sql;

/// <summary>Rows as aligned text, nulls as empty.</summary>
internal static class ResultTable
{
    public static async Task WriteAsync(DbDataReader reader, TextWriter output)
    {
        var header = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, header.Length).Select(i => reader.IsDBNull(i) ? "" : reader.GetString(i).ReplaceLineEndings(" "))]);

        var widths = header.Select((name, i) => rows.Select(row => row[i].Length).Append(name.Length).Max()).ToArray();
        await output.WriteLineAsync(Line(header, widths));
        await output.WriteLineAsync(string.Join("-+-", widths.Select(width => new string('-', width))));
        foreach (var row in rows)
            await output.WriteLineAsync(Line(row, widths));
        await output.WriteLineAsync(rows.Count == 1 ? "(1 row)" : $"({rows.Count} rows)");
    }

    private static string Line(string[] cells, int[] widths) =>
        string.Join(" | ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();
}
