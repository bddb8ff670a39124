namespace TenantPlatform.Schema.Tests;

/// <summary>Compares what docs/seeds.md promises with a live schema, and says in words what is not so.</summary>
internal static class Conformance
{
    public static IEnumerable<string> FindBrokenPromises(LiveSchema live) =>
    [
        .. SeedsDocument.Columns.SelectMany(promise => Check(promise, live).Select(problem => $"{promise}: {problem}")),
        .. SeedsDocument.Indexes.SelectMany(promise => Check(promise, live).Select(problem => $"{promise}: {problem}")),
    ];

    private static IEnumerable<string> Check(SeedColumn promise, LiveSchema live)
    {
        if (promise.Ours == SeedsDocument.NotHere)
            return promise.Difference.Length > 0 ? [] : ["is not here, and nothing says why"];

        if (promise.Column.Length == 0)
            return live.Columns.Any(column => column.Table == promise.Ours) ? [] : [$"there is no table {promise.Ours}"];

        var (table, name) = (promise.Ours[..promise.Ours.LastIndexOf('.')], promise.Ours[(promise.Ours.LastIndexOf('.') + 1)..]);
        return live.Columns.SingleOrDefault(column => column.Table == table && column.Name == name) is { } found
            ? Check(promise, found, live)
            : [$"there is no column {promise.Ours}"];
    }

    private static IEnumerable<string> Check(SeedColumn promise, LiveColumn column, LiveSchema live)
    {
        var key = live.ForeignKeys.SingleOrDefault(key => key.Table == column.Table && key.LastColumn == column.Name);
        (string What, string Promised, string Found)[] properties =
        [
            ("type", promise.Type, column.Type.Replace("timestamp with time zone", "timestamptz", StringComparison.Ordinal)),
            ("null", promise.Null, column.NotNull ? "no" : "yes"),
            ("unique", promise.Unique, Unique(promise, column, live)),
            ("index", promise.Index, IsLed(column, live) ? "yes" : "no"),
            ("references", promise.References, key?.References ?? ""),
            ("on delete", promise.OnDelete, key?.OnDelete switch { "c" => "cascade", "r" => "restrict", "n" => "set null", "a" => "no action", _ => "" }),
        ];

        return from property in properties
               where property.Promised != property.Found
               select $"{promise.Ours} promises {property.What} '{property.Promised}', and has '{property.Found}'";
    }

    // The promised index if there is one, or else whatever makes the column unique on its own.
    private static string Unique(SeedColumn promise, LiveColumn column, LiveSchema live)
    {
        var unique = live.Indexes.Where(index => index.Table == column.Table && index.Unique).ToList();
        var promised = unique.Where(index => index.Columns.Contains(column.Name)).Select(Describe).FirstOrDefault(index => index == promise.Unique);
        return promised ?? unique.Where(index => index.OwnColumns.SequenceEqual([column.Name])).Select(Describe).FirstOrDefault("");
    }

    private static string Describe(LiveIndex index) =>
        string.Join(", ", index.Columns) + (index.Where is { } where ? $" where {Plain(where)}" : "");

    private static string Plain(string expression) => expression
        .Replace("::text", "", StringComparison.Ordinal).Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal)
        .Replace("IS NULL", "is null", StringComparison.Ordinal).Replace("AND", "and", StringComparison.Ordinal);

    private static bool IsLed(LiveColumn column, LiveSchema live) => live.Indexes.Any(index =>
        index.Table == column.Table && (index.Columns[0] == column.Name || index.OwnColumns.First() == column.Name));

    private static IEnumerable<string> Check(SeedIndex promise, LiveSchema live)
    {
        if (promise.Ours == SeedsDocument.NotHere)
            return promise.Difference.Length > 0 ? [] : ["is not here, and nothing says why"];

        var (table, columns) = promise.Ours.Split(" (") is [var left, var right] ? (left, right.TrimEnd(')').Split(", ")) : (promise.Ours, []);
        return live.Indexes.Any(index => index.Table == table && index.Columns.Take(columns.Length).SequenceEqual(columns))
            ? []
            : [$"no index begins with {promise.Ours}"];
    }
}
