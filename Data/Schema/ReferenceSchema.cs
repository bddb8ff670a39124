using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Internal;

namespace TenantPlatform.Data.Schema;

#pragma warning disable EF1001 // The name of the annotation "created concurrently" has no public home.

/// <summary>
/// The model built by PostgreSQL in two schemas that no other transaction sees and that its end removes. Expressions
/// (defaults, checks, policies, filters) can then be compared as PostgreSQL writes them, whatever its version.
/// </summary>
internal sealed class ReferenceSchema
{
    private readonly string platform = $"reference_{Guid.NewGuid():N}";
    private readonly string tenant = $"reference_{Guid.NewGuid():N}";

    private ReferenceSchema()
    {
    }

    /// <summary>Needs the right to create schemas and a transaction that will be rolled back.</summary>
    public static async Task<ReferenceSchema> BuildAsync(
        NpgsqlConnection connection, PlatformDbContext platformDb, TenantDbContext tenantDb, CancellationToken cancellationToken)
    {
        var reference = new ReferenceSchema();
        string[] script =
        [
            $"create schema {reference.platform};",
            $"create schema {reference.tenant};",
            .. reference.Script(platformDb),
            .. reference.Script(tenantDb),
        ];
        await using var command = new NpgsqlCommand(string.Join('\n', script), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return reference;
    }

    public Task<List<CatalogFact>> ReadPlatformAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, platform, PlatformDbContext.Schema, cancellationToken);

    /// <summary>As if the tenant plane had been built in that schema.</summary>
    public Task<List<CatalogFact>> ReadTenantPlaneAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken) =>
        ReadAsync(connection, tenant, schema, cancellationToken);

    private async Task<List<CatalogFact>> ReadAsync(NpgsqlConnection connection, string from, string schema, CancellationToken cancellationToken)
    {
        var facts = await Catalog.ReadTablesAsync(connection, from, cancellationToken);
        string Rename(string text) => text.Replace(from, schema, StringComparison.Ordinal).Replace(platform, PlatformDbContext.Schema, StringComparison.Ordinal);
        return facts.ConvertAll(fact => fact with { Owner = Rename(fact.Owner), Value = Rename(fact.Value) });
    }

    private IEnumerable<string> Script(DbContext db)
    {
        var model = db.GetService<IDesignTimeModel>().Model;
        var operations = db.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel())
            .Where(operation => operation is CreateTableOperation or CreateIndexOperation or AddForeignKeyOperation).ToList();
        operations.ForEach(Redirect);
        return db.GetService<IMigrationsSqlGenerator>().Generate(operations, model).Select(command => command.CommandText);
    }

    private void Redirect(MigrationOperation operation)
    {
        switch (operation)
        {
            case CreateTableOperation table:
                table.Schema = Redirect(table.Schema);
                table.ForeignKeys.ForEach(Redirect);
                break;
            case CreateIndexOperation index:
                index.Schema = Redirect(index.Schema);

                // Cannot be done in a transaction, and leaves no trace in the catalog.
                index.RemoveAnnotation(NpgsqlAnnotationNames.CreatedConcurrently);
                break;
            case AddForeignKeyOperation foreignKey:
                foreignKey.Schema = Redirect(foreignKey.Schema);
                foreignKey.PrincipalSchema = Redirect(foreignKey.PrincipalSchema);
                break;
        }
    }

    private string Redirect(string? schema) => schema == PlatformDbContext.Schema ? platform : tenant;
}
