using Npgsql;

namespace TenantPlatform.Data.Isolation;

/// <summary>Asks the live catalog, not the code, whether tenants are isolated.</summary>
public static class IsolationCheck
{
    /// <summary>One query, a few milliseconds, any role may run it. An empty list is a good answer.</summary>
    public static Task<IReadOnlyList<IsolationFinding>> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        FindAsync("isolation-findings", connection, cancellationToken);

    /// <summary>The same, and whether the role of this connection is one that policies bind: for services, not for the worker.</summary>
    public static async Task<IReadOnlyList<IsolationFinding>> RunForServiceAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        [.. await FindAsync("serving-role-findings", connection, cancellationToken), .. await RunAsync(connection, cancellationToken)];

    private static async Task<IReadOnlyList<IsolationFinding>> FindAsync(
        string script, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(IsolationCheck).Assembly.GetManifestResourceStream($"{script}.sql")!);
        await using var command = new NpgsqlCommand(await reader.ReadToEndAsync(cancellationToken), connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var findings = new List<IsolationFinding>();

        while (await rows.ReadAsync(cancellationToken))
        {
            findings.Add(new IsolationFinding(rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        }

        return findings;
    }
}

/// <param name="Id">Stable name of the rule.</param>
/// <param name="Subject">The table, role or function at fault.</param>
/// <param name="Remedy">What is wrong and what to do.</param>
public sealed record IsolationFinding(string Id, string Subject, string Remedy)
{
    public override string ToString() => $"{Id}: {Subject}: {Remedy}";
}
