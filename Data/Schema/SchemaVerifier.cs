using Npgsql;

namespace TenantPlatform.Data.Schema;

/// <summary>Compares the model with its migrations and with the live catalog: tables, columns, keys, checks, indexes, policies and grants.</summary>
/// <param name="platform">Connects as tp_owner; its migrations are found through its options.</param>
/// <param name="tenant">The same.</param>
/// <param name="grants">The repeatable script that gives tp_app its rights: the one place that says what they are.</param>
public sealed class SchemaVerifier(PlatformDbContext platform, TenantDbContext tenant, string grants)
{
    /// <summary>Lists every difference as a sentence; an empty list is a good answer. Takes a fraction of a second and leaves nothing behind.</summary>
    /// <param name="owner">Open, as tp_owner, without a transaction.</param>
    /// <param name="tenantSchemas">Where the tenant plane lives: pooled, and tenant_... for those that live alone.</param>
    public async Task<IReadOnlyList<string>> FindDifferencesAsync(
        NpgsqlConnection owner, IReadOnlyCollection<string> tenantSchemas, CancellationToken cancellationToken) =>
    [
        .. await MigrationState.FindDifferencesAsync(platform, cancellationToken),
        .. await MigrationState.FindDifferencesAsync(tenant, cancellationToken),
        .. await CompareCatalogAsync(owner, tenantSchemas, cancellationToken),
    ];

    /// <summary>Within a transaction that the caller rolls back: it builds the model a second time to compare with.</summary>
    internal async Task<IReadOnlyList<string>> CompareInTransactionAsync(
        NpgsqlConnection owner, IReadOnlyCollection<string> tenantSchemas, CancellationToken cancellationToken)
    {
        var reference = await ReferenceSchema.BuildAsync(owner, platform, tenant, cancellationToken);
        await using (var qualified = new NpgsqlCommand("set local search_path = pg_catalog", owner))
        {
            await qualified.ExecuteNonQueryAsync(cancellationToken);
        }

        List<CatalogFact> expected = [.. await reference.ReadPlatformAsync(owner, cancellationToken)];
        List<CatalogFact> actual = [.. await Catalog.ReadTablesAsync(owner, PlatformDbContext.Schema, cancellationToken)];

        foreach (var schema in tenantSchemas)
        {
            expected.AddRange(await reference.ReadTenantPlaneAsync(owner, schema, cancellationToken));
            actual.AddRange(await Catalog.ReadTablesAsync(owner, schema, cancellationToken));
        }

        var strangers = actual.Select(fact => fact.Owner).Except(expected.Select(fact => fact.Owner)).ToHashSet();
        return
        [
            .. Differences.Between(expected, actual, "the model"),
            .. await Grants.CompareAsync(owner, grants, tenantSchemas, strangers, cancellationToken),
        ];
    }

    private async Task<IReadOnlyList<string>> CompareCatalogAsync(
        NpgsqlConnection owner, IReadOnlyCollection<string> tenantSchemas, CancellationToken cancellationToken)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
        var differences = await CompareInTransactionAsync(owner, tenantSchemas, cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
        return differences;
    }
}
