using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace TenantPlatform.Data.Schema;

/// <summary>A table as the migrations differ sees it, with the module whose folder its entity is in.</summary>
internal sealed record DocumentedTable(
    string Module, CreateTableOperation Table, IReadOnlyList<CreateIndexOperation> Indexes, IReadOnlyList<AddForeignKeyOperation> ForeignKeys)
{
    public bool IsControlPlane => Table.Schema == PlatformDbContext.Schema;

    /// <summary>By column: the record of ours that its JSON is.</summary>
    public required IReadOnlyDictionary<string, string> Records { get; init; }

    /// <summary>Those that the context migrates, not the ones that it only refers to.</summary>
    public static IEnumerable<DocumentedTable> Of(DbContext db)
    {
        var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var operations = db.GetService<IMigrationsModelDiffer>().GetDifferences(null, model);

        return from table in operations.OfType<CreateTableOperation>()
               let entity = model.FindTable(table.Name, table.Schema)!.EntityTypeMappings.First().TypeBase
               select new DocumentedTable(entity.ClrType.Namespace!.Split('.')[^1], table, IndexesOf(operations, table), ForeignKeysOf(operations, table))
               {
                   Records = entity.GetProperties().Where(property => property.ClrType.Assembly == typeof(DocumentedTable).Assembly)
                       .ToDictionary(property => property.GetColumnName(), property => property.ClrType.Name),
               };
    }

    private static List<CreateIndexOperation> IndexesOf(IReadOnlyList<MigrationOperation> operations, CreateTableOperation table) =>
        [.. operations.OfType<CreateIndexOperation>().Where(index => index.Table == table.Name).OrderBy(index => index.Name, StringComparer.Ordinal)];

    // Those between tables that refer to each other come as operations of their own.
    private static List<AddForeignKeyOperation> ForeignKeysOf(IReadOnlyList<MigrationOperation> operations, CreateTableOperation table) =>
        [.. table.ForeignKeys.Concat(operations.OfType<AddForeignKeyOperation>().Where(key => key.Table == table.Name))
            .OrderBy(key => key.Name, StringComparer.Ordinal)];
}
