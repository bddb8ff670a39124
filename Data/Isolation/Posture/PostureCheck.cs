using Npgsql;
using NpgsqlTypes;
using TenantPlatform.Data.Schema;

namespace TenantPlatform.Data.Isolation.Posture;

/// <summary>Asks the live catalog, not the code, whether tenants are isolated. Reads only; any role may ask.</summary>
public static class PostureCheck
{
    /// <summary>How many schemas of single tenants to look into where time matters; others every time, so that each has its turn.</summary>
    public const int UsualSample = 10;

    /// <summary>What the service's own connection adds.</summary>
    private const string Serving = "serving";

    private const string Pins = "pins";

    // Bounds what the server must remember at once, where all are looked into.
    private const int SchemasAtOnce = 50;

    /// <summary>Takes some tens of milliseconds, and some more for each schema of a single tenant.</summary>
    /// <param name="connection">Open, in a transaction or not; its session is left as it was.</param>
    /// <param name="sample">How many schemas of single tenants to look into, by chance; null for all.</param>
    public static Task<PostureReport> RunAsync(NpgsqlConnection connection, int? sample, CancellationToken cancellationToken) =>
        FindAsync(connection, PostureScript.Themes, sample, cancellationToken);

    /// <summary>The same, and whether the role of this connection is one that policies bind: for services, not for the worker.</summary>
    public static Task<PostureReport> RunForServiceAsync(NpgsqlConnection connection, int? sample, CancellationToken cancellationToken) =>
        FindAsync(connection, [.. PostureScript.Themes, Serving], sample, cancellationToken);

    /// <summary>What expected-guards.txt would say if this database were the example; it should be freshly migrated.</summary>
    public static async Task<string> DescribeGuardsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var guards = new List<(string, string)>();
        await ReadAsync(connection, ["guards"], [], row => guards.Add((row.GetString(0), row.GetString(1))), cancellationToken);
        return ExpectedGuards.Render(guards);
    }

    private static async Task<PostureReport> FindAsync(
        NpgsqlConnection connection, string[] themes, int? sample, CancellationToken cancellationToken)
    {
        HashSet<PostureFinding> findings = [.. ServerVersion.Judge(connection.PostgreSqlVersion)];

        // The questions use catalogs that still older servers do not have.
        if (connection.PostgreSqlVersion.Major < ServerVersion.OldestMajor)
        {
            return new PostureReport([.. findings], 0, 0);
        }

        var (chosen, dedicated, knowsTenants) = await ChooseAsync(connection, sample, cancellationToken);
        string[] asked = [.. themes, .. knowsTenants ? [Pins] : Array.Empty<string>()];

        foreach (var schemas in chosen.Chunk(SchemasAtOnce).DefaultIfEmpty([]))
        {
            await ReadAsync(
                connection, asked, schemas, row => findings.Add(new(PostureRules.Find(row.GetString(0)), row.GetString(1), row.GetString(2))), cancellationToken);
        }

        return new PostureReport(
            [.. findings.OrderBy(finding => finding.Severity).ThenBy(finding => finding.ToString(), StringComparer.Ordinal)], chosen.Length, dedicated);
    }

    private static async Task<(uint[] Chosen, int Dedicated, bool KnowsTenants)> ChooseAsync(
        NpgsqlConnection connection, int? sample, CancellationToken cancellationToken)
    {
        (uint[], int, bool) answer = default;
        var question = new NpgsqlBatchCommand(PostureScript.Read("schemas.sql"))
        {
            Parameters = { new() { Value = (object?)sample ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer } },
        };
        await CatalogReader.ReadAsync(
            connection, [question], row => answer = (row.GetFieldValue<uint[]>(0), row.GetInt32(1), row.GetBoolean(2)), cancellationToken);
        return answer;
    }

    private static Task ReadAsync(
        NpgsqlConnection connection, string[] themes, uint[] schemas, Action<NpgsqlDataReader> read, CancellationToken cancellationToken) =>
        CatalogReader.ReadAsync(connection, themes.Select(theme => Question(theme, schemas)), read, cancellationToken);

    private static NpgsqlBatchCommand Question(string theme, uint[] schemas) => new(PostureScript.Query(theme))
    {
        Parameters =
        {
            new() { Value = ExpectedGuards.Names },
            new() { Value = ExpectedGuards.Definitions },
            new() { Value = schemas, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid },
        },
    };
}
