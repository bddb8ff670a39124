using System.Text.Json;
using TenantPlatform.Bench.Measuring;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Worker;

internal static class WorkerCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>0 when every goal was reached, else 1.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var options = new Options(arguments, ["list", "json"], ["only", "tenants", "rounds", "kills", "todos"]);

        if (options.Has("list"))
        {
            Console.WriteLine(string.Join('\n', WorkerScenario.All.Select(scenario => $"{scenario.Name,-10} {scenario.Title}")));
            return 0;
        }

        var names = options.List("only", [.. WorkerScenario.All.Select(scenario => scenario.Name)]);
        var scenarios = names.Select(name => WorkerScenario.All.SingleOrDefault(scenario => scenario.Name == name)
            ?? throw new BenchException($"There is no scenario '{name}': --list shows them all.")).ToList();

        await using var server = await BenchServer.StartAsync(Console.Error.WriteLine, cancellationToken);
        var bench = new WorkerBench(
            server, Repository.Own, options.Number("tenants", 1000), options.Number("rounds", 5), options.Number("kills", 50),
            options.Number("todos", 100_000), Console.Error.WriteLine);

        foreach (var scenario in scenarios)
        {
            Console.Error.WriteLine($"{scenario.Name}: {scenario.Title}");
            await scenario.RunAsync(bench, cancellationToken);
        }

        Console.WriteLine(options.Has("json") ? JsonSerializer.Serialize(bench.Figures, Json) : Render(server, bench.Figures));
        return bench.Figures.Any(figure => figure.Reached is false) ? 1 : 0;
    }

    private static string Render(BenchServer server, IEnumerable<Figure> figures)
    {
        var table = new TextTable("scenario", "what", "measured", "goal", "");

        foreach (var figure in figures)
        {
            table.Add(figure.Scenario, figure.What, figure.Value, figure.Goal ?? "", figure.Reached switch { true => "reached", false => "MISSED", null => "" });
        }

        return $"PostgreSQL {server.Version}, {Environment.ProcessorCount} cores; ratios are medians of rounds (least-greatest)\n\n{table}";
    }
}
