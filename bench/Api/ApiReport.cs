using System.Text;
using System.Text.Json;
using TenantPlatform.Bench.Api.Database;
using TenantPlatform.Bench.Measuring;

namespace TenantPlatform.Bench.Api;

/// <summary>What was measured, as tables and as JSON.</summary>
internal sealed class ApiReport(ApiOptions options)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public List<Measurement> Measurements { get; } = [];

    public List<QueryTime> Queries { get; } = [];

    public string Text()
    {
        var text = new StringBuilder();

        foreach (var group in Groups())
        {
            text.AppendLine().AppendLine($"{group.Key.Operation}, {group.Key.Connections} connections, medians of {options.Rounds} rounds");
            var table = new TextTable("", "req/s", "p50 ms", "p99 ms", "server us", "postgres us", "RSS MB", "errors", "ours / it", "by CPU", "goal");

            foreach (var line in LinesOf(group))
                table.Add(line.Cells());

            text.Append(table);
        }

        if (Queries.Count > 0)
        {
            text.AppendLine().AppendLine("The database alone: 20 newest todos, one connection, prepared").Append(DatabaseComparison.Table(Queries));
        }

        return text.ToString();
    }

    public string Json() => JsonSerializer.Serialize(
        new { options.Rounds, Seconds = options.Duration.TotalSeconds, options.Population, Servers = Groups().SelectMany(LinesOf), Database = Queries, Measurements },
        Indented) + Environment.NewLine;

    private IEnumerable<IGrouping<(string Operation, int Connections), Measurement>> Groups() =>
        Measurements.GroupBy(measurement => (measurement.Operation, measurement.Connections));

    private static IEnumerable<ReportLine> LinesOf(IEnumerable<Measurement> group)
    {
        var byVariant = group.OrderBy(measurement => measurement.Round).ToLookup(measurement => measurement.Variant);
        var ours = byVariant[Variant.Ours].ToList();

        return byVariant.OrderBy(variant => variant.Key, StringComparer.Ordinal).Select(variant => new ReportLine(
            variant.Key, variant.First().Operation, variant.First().Connections,
            variant.Select(measurement => measurement.RequestsPerSecond).Median(),
            variant.Select(measurement => measurement.Load.P50.TotalMilliseconds).Median(),
            variant.Select(measurement => measurement.Load.P99.TotalMilliseconds).Median(),
            variant.Select(measurement => measurement.ServerMicroseconds).Median(),
            variant.Select(measurement => measurement.DatabaseMicroseconds).Median(),
            variant.Max(measurement => measurement.ResidentBytes) / 1_048_576.0,
            variant.Sum(measurement => measurement.Load.Errors),
            OursTo(variant, measurement => measurement.RequestsPerSecond),
            OursTo(variant, measurement => 1 / (measurement.ServerMicroseconds + measurement.DatabaseMicroseconds)),
            Goal.Of(variant.First().Operation, variant.Key)));

        Ratio? OursTo(IGrouping<string, Measurement> variant, Func<Measurement, double> figure) =>
            ours.Count == 0 || variant.Key == Variant.Ours ? null : Ratio.Of(ours.Select(figure), variant.Select(figure));
    }
}

/// <param name="OursToIt">How many times as many requests the API answered in the same time.</param>
/// <param name="OursToItByCpu">The same for the time that server and PostgreSQL worked, which a machine busy with other things disturbs less.</param>
internal sealed record ReportLine(
    string Variant, string Operation, int Connections, double RequestsPerSecond, double P50Milliseconds, double P99Milliseconds,
    double ServerMicroseconds, double DatabaseMicroseconds, double ResidentMegabytes, long Errors, Ratio? OursToIt, Ratio? OursToItByCpu, double? Goal)
{
    public string[] Cells() =>
    [
        Variant, $"{RequestsPerSecond:0}", $"{P50Milliseconds:0.00}", $"{P99Milliseconds:0.00}", $"{ServerMicroseconds:0}", $"{DatabaseMicroseconds:0}",
        $"{ResidentMegabytes:0}", $"{Errors}", OursToIt?.ToString() ?? "", OursToItByCpu?.ToString() ?? "", Goal is { } goal ? $"{goal:0.00}" : "",
    ];
}
