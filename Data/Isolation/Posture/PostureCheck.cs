using Npgsql;
using TenantPlatform.Data.Schema;

namespace TenantPlatform.Data.Isolation.Posture;

/// <summary>Asks the live catalog, not the code, whether tenants are isolated. Reads only; any role may ask.</summary>
public static class PostureCheck
{
    /// <summary>What the service's own connection adds.</summary>
    private const string Serving = "serving";

    /// <summary>Takes some tens of milliseconds. Errors come first; an empty list is a good answer.</summary>
    /// <param name="connection">Open, in a transaction or not; its session is left as it was.</param>
    public static Task<IReadOnlyList<PostureFinding>> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        FindAsync(connection, PostureScript.Themes, cancellationToken);

    /// <summary>The same, and whether the role of this connection is one that policies bind: for services, not for the worker.</summary>
    public static Task<IReadOnlyList<PostureFinding>> RunForServiceAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        FindAsync(connection, [.. PostureScript.Themes, Serving], cancellationToken);

    /// <summary>What expected-guards.txt would say if this database were the example; it should be freshly migrated.</summary>
    public static async Task<string> DescribeGuardsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var guards = new List<(string, string)>();
        await ReadAsync(connection, ["guards"], row => guards.Add((row.GetString(0), row.GetString(1))), cancellationToken);
        return ExpectedGuards.Render(guards);
    }

    private static async Task<IReadOnlyList<PostureFinding>> FindAsync(
        NpgsqlConnection connection, string[] themes, CancellationToken cancellationToken)
    {
        List<PostureFinding> findings = [.. ServerVersion.Judge(connection.PostgreSqlVersion)];

        // The questions use catalogs that still older servers do not have.
        if (connection.PostgreSqlVersion.Major < ServerVersion.OldestMajor)
        {
            return findings;
        }

        await ReadAsync(
            connection, themes, row => findings.Add(new(PostureRules.Find(row.GetString(0)), row.GetString(1), row.GetString(2))), cancellationToken);

        return [.. findings.OrderBy(finding => finding.Severity).ThenBy(finding => finding.ToString(), StringComparer.Ordinal)];
    }

    private static Task ReadAsync(
        NpgsqlConnection connection, string[] themes, Action<NpgsqlDataReader> read, CancellationToken cancellationToken) =>
        CatalogReader.ReadAsync(connection, themes.Select(Question), read, cancellationToken);

    private static NpgsqlBatchCommand Question(string theme) => new(PostureScript.Query(theme))
    {
        Parameters = { new() { Value = ExpectedGuards.Names }, new() { Value = ExpectedGuards.Definitions } },
    };
}
