namespace TenantPlatform.Bench.Api;

/// <summary>What one run of the benchmark measures, and how.</summary>
internal sealed record ApiOptions(
    IReadOnlyList<Variant> Variants, bool MeasuresDatabase, IReadOnlyList<Operation> Operations, IReadOnlyList<int> Connections,
    int Rounds, TimeSpan Duration, Population Population, Repository? Former, bool IsJson, bool IsList)
{
    /// <summary>Name of the part that asks the database alone, without any server.</summary>
    public const string Database = "database";

    /// <exception cref="BenchException">The arguments make no sense.</exception>
    public static ApiOptions Read(string[] arguments)
    {
        var options = new Options(
            arguments, ["list", "json"], ["only", "operations", "connections", "rounds", "seconds", "scale", "former"]);
        var former = options.Text("former") is { } folder ? new Repository(Path.GetFullPath(folder)) : null;
        var known = former is null ? Variant.All : [.. Variant.All, Variant.Product(Variant.Former, "the API of the other checkout", former)];
        var names = options.List("only", [.. known.Select(variant => variant.Name), Database]);
        RequireKnown("--only", names, [.. known.Select(variant => variant.Name), Database]);
        var operations = options.List("operations", "get", "post");
        RequireKnown("--operations", operations, [.. Operation.All.Select(operation => operation.Name)]);

        return new ApiOptions(
            [.. known.Where(variant => names.Contains(variant.Name))], names.Contains(Database),
            [.. Operation.All.Where(operation => operations.Contains(operation.Name))],
            options.Numbers("connections", 16, 64), options.Number("rounds", 5), TimeSpan.FromSeconds(options.Number("seconds", 3)),
            PopulationOf(options.Text("scale") ?? "full"), former, options.Has("json"), options.Has("list"));
    }

    private static void RequireKnown(string option, string[] names, string[] known)
    {
        if (names.Except(known).ToList() is { Count: > 0 } strangers)
        {
            throw new BenchException($"{option}: there is no {string.Join(", ", strangers)}, only {string.Join(", ", known)}.");
        }
    }

    private static Population PopulationOf(string scale) => scale switch
    {
        "small" => Population.Small,
        "full" => Population.Full,
        _ => throw new BenchException($"--scale {scale}: choose small or full."),
    };
}
