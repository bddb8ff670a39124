using System.Text;

namespace TenantPlatform.LeakLab;

/// <summary>Every generated cell with its verdict. A cell that was generated and never judged is a failure, like a leak.</summary>
public sealed class LabReport(string name, IReadOnlyCollection<Cell> generated)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Cell, Verdict> verdicts = [];

    public int Generated => generated.Count;

    public int Run => verdicts.Values.Count(verdict => verdict is not Verdict.NotRun);

    public IReadOnlyList<(Cell Cell, string What)> Leaks => Of<Verdict.Leaked>(leak => leak.What);

    public IReadOnlyList<(Cell Cell, string Why)> Voids => Of<Verdict.Void>(nothing => nothing.Why);

    public IReadOnlyList<(Cell Cell, string Reason)> NotRun => Of<Verdict.NotRun>(gap => gap.Reason);

    public IReadOnlyList<(Cell Cell, string Risk)> Accepted => Of<Verdict.Accepted>(accepted => accepted.Risk);

    public IReadOnlyList<Cell> Unjudged => [.. generated.Where(cell => !verdicts.ContainsKey(cell))];

    public bool IsClean => Leaks.Count == 0 && Voids.Count == 0 && Unjudged.Count == 0 && Run > 0;

    public void Judge(Cell cell, Verdict verdict)
    {
        lock (gate)
            verdicts.Add(cell, verdict);
    }

    /// <summary>
    /// One line with the coverage; then each leak and each cell that proves nothing, each reason for a gap and each accepted risk
    /// with its count, and what was never judged.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine($"{name}: {Run} of {Generated} cells run, {Leaks.Count} leaks");

        foreach (var (cell, what) in Leaks)
            text.AppendLine($"  LEAK {cell}: {what}");

        foreach (var (cell, why) in Voids)
            text.AppendLine($"  PROVES NOTHING {cell}: {why}");

        foreach (var gap in NotRun.CountBy(gap => gap.Reason))
            text.AppendLine($"  not run, {gap.Value} cells: {gap.Key}");

        foreach (var accepted in Accepted.CountBy(accepted => accepted.Risk))
            text.AppendLine($"  accepted, {accepted.Value} cells: {accepted.Key}");

        foreach (var cell in Unjudged)
            text.AppendLine($"  NEVER JUDGED {cell}");

        return text.ToString().TrimEnd();
    }

    private List<(Cell, string)> Of<T>(Func<T, string> text)
        where T : Verdict
    {
        lock (gate)
            return [.. from entry in verdicts where entry.Value is T select (entry.Key, text((T)entry.Value))];
    }
}
