using System.Text.Json;
using Npgsql;

namespace TenantPlatform.LeakLab.Database.ReadOnly;

/// <summary>The lab as a program.</summary>
internal static class LabCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> ExecuteAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (arguments is ["--help" or "-h"])
        {
            await output.WriteLineAsync(LabArguments.Usage);
            return 0;
        }

        try
        {
            var parsed = LabArguments.Parse(arguments);
            var report = await ReadOnlyLab.RunAsync(parsed, cancellationToken);
            await output.WriteLineAsync(parsed.Json ? AsJson(report) : $"{report}\nEverything ran in transactions that were rolled back: nothing was written.");
            return report.IsClean ? 0 : 1;
        }
        catch (Exception e) when (e is LabRefusal or NpgsqlException or ArgumentException)
        {
            await errors.WriteLineAsync(e is LabRefusal ? e.Message : $"The database cannot be used: {e.Message}");
            return 2;
        }
    }

    private static string AsJson(LabReport report) => JsonSerializer.Serialize(
        new
        {
            report.IsClean,
            report.Generated,
            report.Run,
            Leaks = report.Leaks.Select(leak => new { leak.Cell.Target, leak.Cell.Action, leak.Cell.Attack, leak.What }),
            ProvesNothing = report.Voids.Select(nothing => new { nothing.Cell.Target, nothing.Cell.Action, nothing.Cell.Attack, nothing.Why }),
            NotRun = report.NotRun.CountBy(gap => gap.Reason).Select(gap => new { Reason = gap.Key, Cells = gap.Value }),
            Accepted = report.Accepted.CountBy(accepted => accepted.Risk).Select(accepted => new { Risk = accepted.Key, Cells = accepted.Value }),
            IsRolledBack = true,
        },
        Json);
}
