using System.Text;

namespace TenantPlatform.LeakLab;

/// <summary>Every generated cell with its verdict. A cell that was generated and never judged is a failure, like a leak.</summary>
public sealed class LabReport(string name, IReadOnlyCollection<Cell> generated)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Cell, Verdict> verdicts = [];

    public int Generated => generated.Count;

    public int Run => verdicts.Values.Count(verdict => verdict is not Verdict.NotRun);

    public IReadOnlyList<(Cell Cell, string What)> Leaks =>
        [.. from entry in verdicts let leak = entry.Value as Verdict.Leaked where leak is not null select (entry.Key, leak.What)];

    public IReadOnlyList<(Cell Cell, string Reason)> NotRun =>
        [.. from entry in verdicts let gap = entry.Value as Verdict.NotRun where gap is not null select (entry.Key, gap.Reason)];

    public IReadOnlyList<Cell> Unjudged => [.. generated.Where(cell => !verdicts.ContainsKey(cell))];

    public bool IsClean => Leaks.Count == 0 && Unjudged.Count == 0 && Run > 0;

    public void Judge(Cell cell, Verdict verdict)
    {
        lock (gate)
            verdicts.Add(cell, verdict);
    }

    /// <summary>One line with the coverage; then each leak, each reason for a gap with its count, and what was never judged.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine($"{name}: {Run} of {Generated} cells run, {Leaks.Count} leaks");

        foreach (var (cell, what) in Leaks)
            text.AppendLine($"  LEAK {cell}: {what}");

        foreach (var gap in NotRun.CountBy(gap => gap.Reason))
            text.AppendLine($"  not run, {gap.Value} cells: {gap.Key}");

        foreach (var cell in Unjudged)
            text.AppendLine($"  NEVER JUDGED {cell}");

        return text.ToString().TrimEnd();
    }
}
