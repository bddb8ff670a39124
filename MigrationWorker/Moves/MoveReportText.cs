using System.Text.Json;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>What a run of the verb ends with, for people and for programs.</summary>
internal static class MoveReportText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string ToSentences(IReadOnlyList<MoveReport> reports) =>
        reports.Count == 0 ? "No move is under way." : string.Join('\n', reports.Select(ToSentence));

    public static string ToJson(IReadOnlyList<MoveReport> reports) => JsonSerializer.Serialize(
        new
        {
            moves = reports.Select(report => new
            {
                tenant = report.Tenant.Id,
                report.Tenant.Key,
                from = report.Source,
                to = report.Target,
                outcome = JsonNamingPolicy.KebabCaseLower.ConvertName(report.Outcome.ToString()),
                report.RowsCopied,
                report.RowsCaughtUp,
                rowsPerSecond = Math.Round(report.RowsPerSecond),
                report.CatchUps,
                report.FenceTries,
                pauseMilliseconds = report.Pause is { } pause ? Math.Round(pause.TotalMilliseconds, 1) : (double?)null,
                report.Problem,
                report.Tables,
            }),
        },
        Json);

    private static string ToSentence(MoveReport report) => FormattableString.Invariant(report.Outcome switch
    {
        MoveOutcome.AlreadyThere => $"Tenant {report.Tenant.Key} is {report.Target} already.",
        MoveOutcome.Cancelled => $"The move of tenant {report.Tenant.Key} to {report.Target} is cancelled; nothing of it is left.",
        MoveOutcome.Failed => $"The move of tenant {report.Tenant.Key} to {report.Target} failed: {report.Problem}",
        MoveOutcome.WouldMove => $"Tenant {report.Tenant.Key} would be moved from {report.Source} to {report.Target}: {report.Tables.Values.Sum():N0} rows ({Largest(report)}).",
        _ => $"Tenant {report.Tenant.Key} is {report.Target} now: {report.RowsCopied:N0} rows copied ({report.RowsPerSecond:N0} a second), {report.RowsCaughtUp:N0} caught up with.{Pause(report)}",
    });

    private static string Pause(MoveReport report) => report.Pause is { } pause
        ? FormattableString.Invariant($" Its requests waited for {pause.TotalMilliseconds:N0} ms at most; fence tries: {report.FenceTries}.")
        : " It was flipped by an earlier run.";

    private static string Largest(MoveReport report) => string.Join(", ", report.Tables.Where(table => table.Value > 0).OrderByDescending(table => table.Value)
        .Select(table => FormattableString.Invariant($"{table.Key} {table.Value:N0}")));
}
