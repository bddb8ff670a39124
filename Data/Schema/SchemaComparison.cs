using Npgsql;

namespace TenantPlatform.Data.Schema;

/// <summary>
/// Compares a schema of one tenant with pooled, which is compared with the model: tables, columns, keys, checks, indexes, policies,
/// owners, grants, statistics; and finds its pins. What pooled is like is read once and remembered, so use one for many schemas.
/// </summary>
public sealed class SchemaComparison
{
    private const string Source = "a schema like pooled";
    private const string TenantColumn = "tenant_id";

    private IReadOnlyList<CatalogFact>? pooled;

    /// <summary>Lists every difference as a sentence; an empty list is a good answer. Takes milliseconds, however many schemas there are.</summary>
    /// <param name="owner">Open, as tp_owner, in a transaction or not; it sees what that transaction has done.</param>
    /// <param name="tenantId">Whose rows alone it may hold; null for a spare one, which nobody may use.</param>
    public async Task<IReadOnlyList<string>> FindDifferencesAsync(
        NpgsqlConnection owner, string schema, Guid? tenantId, CancellationToken cancellationToken)
    {
        var actual = await Catalog.ReadSchemaAsync(owner, schema, cancellationToken);

        if (!actual.Any(fact => fact.Kind == CatalogFact.Schema))
        {
            return [$"schema {schema} does not exist"];
        }

        if (pooled is { } remembered && Compare(remembered, actual, schema, tenantId) is { Count: 0 } none)
        {
            return none;
        }

        // Not found out by a difference alone: pooled may have been migrated since.
        pooled = await Catalog.ReadSchemaAsync(owner, TenantDbContext.PooledSchema, cancellationToken);
        return Compare(pooled, actual, schema, tenantId);
    }

    private static List<string> Compare(IReadOnlyList<CatalogFact> pooled, List<CatalogFact> actual, string schema, Guid? tenantId)
    {
        var definitions = pooled.Where(fact => fact is { Kind: "foreign key", Aspect: "definition" }).ToLookup(fact => (fact.Owner, fact.Name));
        var expected = pooled.Select(fact => SharedReference.Replace(fact, definitions)).OfType<CatalogFact>().Select(fact => Move(fact, schema)).ToList();

        if (tenantId is { } tenant)
        {
            expected.AddRange(Pins(expected, tenant).ToList());
        }
        else
        {
            expected.RemoveAll(fact => fact.Kind == CatalogFact.Grant && fact.Owner == schema);
        }

        return [.. Differences.Between(expected, actual, Source)];
    }

    private static IEnumerable<CatalogFact> Pins(IEnumerable<CatalogFact> facts, Guid tenant) =>
        from column in facts
        where column is { Kind: "column", Name: TenantColumn, Aspect: "type" }
        let name = $"ck_{column.Owner[(column.Owner.IndexOf('.', StringComparison.Ordinal) + 1)..]}_pinned"
        from pin in (CatalogFact[])
        [
            new("check", column.Owner, name, "definition", $"CHECK (({TenantColumn} = '{tenant}'::uuid))"),
            new("check", column.Owner, name, "enforcement", "enforced"),
        ]
        select pin;

    private static CatalogFact Move(CatalogFact fact, string schema) => fact with
    {
        Owner = fact.Owner == TenantDbContext.PooledSchema ? schema : Rename(fact.Owner, schema),
        Name = Rename(fact.Name, schema),
        Value = Rename(fact.Value, schema),
    };

    private static string Rename(string text, string schema) =>
        text.Replace($"{TenantDbContext.PooledSchema}.", $"{schema}.", StringComparison.Ordinal);
}
