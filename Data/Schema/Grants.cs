using Npgsql;

namespace TenantPlatform.Data.Schema;

/// <summary>Compares what tp_app and everybody may do with what the installation's grants script gives them.</summary>
internal static class Grants
{
    private const string TenancySchema = "tenancy";
    private const string Source = "the grants script";

    /// <summary>Runs the script, so it needs a transaction that is rolled back; after an error nothing else can run in it.</summary>
    /// <param name="strangers">Tables that should not be there at all; what they grant is no further news.</param>
    public static async Task<IEnumerable<string>> CompareAsync(
        NpgsqlConnection owner, string script, IReadOnlyCollection<string> tenantSchemas, IReadOnlySet<string> strangers, CancellationToken cancellationToken)
    {
        var actual = await ReadAsync(owner, [PlatformDbContext.Schema, TenancySchema, .. tenantSchemas], cancellationToken);
        try
        {
            await RunFromNothingAsync(owner, script, cancellationToken);
        }
        catch (PostgresException e)
        {
            return [$"the grants script fails, so grants were not compared: {e.MessageText}"];
        }

        var expected = await ReadAsync(owner, [PlatformDbContext.Schema, TenancySchema], cancellationToken);
        var pooled = await ReadAsync(owner, [TenantDbContext.PooledSchema], cancellationToken);
        expected.AddRange(tenantSchemas.SelectMany(schema => pooled.Select(grant => grant with { Owner = Move(grant.Owner, schema) })));
        bool IsKnown(CatalogFact grant) => !strangers.Contains(grant.Owner.Split(' ')[0]);
        return Differences.Between(expected.Where(IsKnown), actual.Where(IsKnown), Source);
    }

    private static async Task RunFromNothingAsync(NpgsqlConnection owner, string script, CancellationToken cancellationToken)
    {
        var nothing = from schema in (string[])[PlatformDbContext.Schema, TenantDbContext.PooledSchema, TenancySchema]
                      from objects in (string[])["schema", "all tables in schema", "all routines in schema"]
                      select $"revoke all on {objects} {schema} from public, tp_app;";
        await using var command = new NpgsqlCommand(string.Join('\n', nothing.Append(script)), owner);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<CatalogFact>> ReadAsync(
        NpgsqlConnection owner, IEnumerable<string> schemas, CancellationToken cancellationToken)
    {
        var grants = new List<CatalogFact>();

        foreach (var schema in schemas)
        {
            grants.AddRange(await Catalog.ReadGrantsAsync(owner, schema, cancellationToken));
        }

        return grants;
    }

    private static string Move(string pooled, string schema) => schema + pooled[TenantDbContext.PooledSchema.Length..];
}
