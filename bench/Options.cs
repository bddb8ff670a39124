namespace TenantPlatform.Bench;

/// <summary>Options of a benchmark by name: "--rounds 5", or "--json" without a value.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = [];

    /// <exception cref="BenchException">An option is unknown or lacks its value.</exception>
    public Options(string[] arguments, string[] flags, string[] valued)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i].StartsWith("--", StringComparison.Ordinal) ? arguments[i][2..] : "";

            if (flags.Contains(name))
            {
                values[name] = "";
            }
            else if (valued.Contains(name) && i + 1 < arguments.Length)
            {
                values[name] = arguments[++i];
            }
            else
            {
                throw new BenchException($"'{arguments[i]}' is no option, or its value is missing: run without a benchmark's name to see them all.");
            }
        }
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string? Text(string name) => values.GetValueOrDefault(name);

    public string[] List(string name, params string[] otherwise) =>
        values.TryGetValue(name, out var value) ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : otherwise;

    public int Number(string name, int otherwise) => Text(name) is { } text ? Number(name, text) : otherwise;

    public int[] Numbers(string name, params int[] otherwise) =>
        Has(name) ? [.. List(name).Select(text => Number(name, text))] : otherwise;

    private static int Number(string name, string text) => int.TryParse(text, out var number) && number > 0
        ? number
        : throw new BenchException($"--{name} {text}: give a positive number.");
}
