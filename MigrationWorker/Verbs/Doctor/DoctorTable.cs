using System.Text;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.MigrationWorker.Verbs.Doctor;

/// <summary>For people.</summary>
internal static class DoctorTable
{
    private const string Plain = "\e[0m";

    public static string Render(DoctorReport report, bool colour)
    {
        var text = new StringBuilder();
        string[][] rows = [["SEVERITY", "RULE", "OBJECT", "WHAT TO DO"], .. report.Findings.Select(Cells)];
        int Width(int column) => rows.Max(row => row[column].Length);

        foreach (var (index, row) in rows.Index().Take(report.Findings.Count == 0 ? 0 : rows.Length))
        {
            var severity = row[0].PadRight(Width(0));
            text.Append(colour && index > 0 ? $"{Colour(report.Findings[index - 1].Severity)}{severity}{Plain}" : severity)
                .Append($"  {row[1].PadRight(Width(1))}  {row[2].PadRight(Width(2))}  {row[3]}\n");
        }

        return text.Append(char.ToUpperInvariant(report.Summary[0])).Append(report.Summary.AsSpan(1)).ToString();
    }

    private static string[] Cells(PostureFinding finding) =>
        [finding.Severity.ToString().ToLowerInvariant(), finding.Id, finding.Subject, $"{finding.Problem}: {finding.Remedy}"];

    private static string Colour(PostureSeverity severity) => severity switch
    {
        PostureSeverity.Error => "\e[31m",
        PostureSeverity.Warning => "\e[33m",
        _ => "\e[36m",
    };
}
