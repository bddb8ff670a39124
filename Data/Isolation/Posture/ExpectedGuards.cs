namespace TenantPlatform.Data.Isolation.Posture;

/// <summary>
/// The policies and functions that this build brings, as PostgreSQL tells them back: expected-guards.txt, which
/// 'schema guards' of the worker writes and people review.
/// </summary>
public static class ExpectedGuards
{
    private const string BlockEnd = "\n\n";
    private const string Indent = "\n    ";

    private const string Header = """
        # What keeps tenants apart: every row-level security policy, and every function that verifies tenant contexts, as
        # PostgreSQL tells them back. Each database is compared with this file: by the worker, by the API and by 'doctor'.
        # Written by 'dotnet run --project MigrationWorker -- schema guards' from a migrated database; review what changes.
        """;

    private static readonly Lazy<(string[] Names, string[] Definitions)> Committed = new(Read);

    internal static string[] Names => Committed.Value.Names;

    internal static string[] Definitions => Committed.Value.Definitions;

    /// <summary>The committed file as text.</summary>
    public static string Text => PostureScript.Read("expected-guards.txt");

    internal static string Render(IEnumerable<(string Name, string Definition)> guards) =>
        string.Join(BlockEnd, guards.OrderBy(guard => guard.Name, StringComparer.Ordinal).Select(guard => guard.Name + Indent + guard.Definition).Prepend(Header)) + "\n";

    private static (string[] Names, string[] Definitions) Read()
    {
        var blocks = Text.Trim().Split(BlockEnd).Skip(1).Select(block => block.Split(Indent, 2)).ToList();
        return ([.. blocks.Select(block => block[0])], [.. blocks.Select(block => block[1])]);
    }
}
