namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>A line for each step; on a terminal, a bar that grows in its line.</summary>
internal sealed class MoveProgressLines(TextWriter writer, bool plain)
{
    private const int Width = 30;

    private string line = "";

    public void Write(MoveProgress progress)
    {
        var name = progress.Table is null ? progress.Step : $"{progress.Step} {progress.Table}";

        if (plain)
        {
            writer.WriteLine(progress.Total > 0 ? Figures(name, progress) : name);
            return;
        }

        if (line != name)
        {
            writer.Write(line.Length > 0 ? $"\n{name}" : name);
            line = name;
        }

        writer.Write($"\r{Bar(progress)}{(progress.Total > 0 ? Figures(name, progress) : name)}");

        if (progress.Step == "cleaning up")
        {
            writer.WriteLine();
        }
    }

    // The total is of when the table was begun; the tenant goes on writing.
    private static string Figures(string name, MoveProgress progress) =>
        FormattableString.Invariant($"{name}: {progress.Rows:N0} of {Math.Max(progress.Rows, progress.Total):N0} rows");

    private static string Bar(MoveProgress progress)
    {
        var filled = progress.Total > 0 ? (int)Math.Min(Width, progress.Rows * Width / progress.Total) : 0;
        return $"[{new string('#', filled)}{new string('.', Width - filled)}] ";
    }
}
