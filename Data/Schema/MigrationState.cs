using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace TenantPlatform.Data.Schema;

/// <summary>Compares the model with its migrations, and the migrations with those that the database has had.</summary>
internal static class MigrationState
{
    public static async Task<IReadOnlyList<string>> FindDifferencesAsync(DbContext db, CancellationToken cancellationToken)
    {
        var name = db.GetType().Name;
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();

        return
        [
            .. FindUnmigratedChanges(db).Select(change =>
                $"{name}: the model {change}, no migration does: run 'dotnet ef migrations add <Name> --project MigrationWorker --context {name}'"),
            .. known.Except(applied).Select(migration => $"{name}: migration {migration} has not been applied: run the migration worker"),
            .. applied.Except(known).Select(migration => $"{name}: migration {migration} was applied by another build: use that build, or a newer one"),
        ];
    }

    private static IEnumerable<string> FindUnmigratedChanges(DbContext db)
    {
        var snapshot = db.GetService<IMigrationsAssembly>().ModelSnapshot?.Model;
        var migrated = snapshot is null ? null : db.GetService<IModelRuntimeInitializer>().Initialize(snapshot);
        var model = db.GetService<IDesignTimeModel>().Model;

        return db.GetService<IMigrationsModelDiffer>().GetDifferences(migrated?.GetRelationalModel(), model.GetRelationalModel()).Select(Describe).Distinct();
    }

    private static string Describe(MigrationOperation operation) => operation switch
    {
        CreateTableOperation table => $"adds table {table.Name}",
        DropTableOperation table => $"drops table {table.Name}",
        AddColumnOperation column => $"adds column {column.Table}.{column.Name}",
        DropColumnOperation column => $"drops column {column.Table}.{column.Name}",
        AlterColumnOperation column => $"changes column {column.Table}.{column.Name}",
        RenameColumnOperation column => $"renames column {column.Table}.{column.Name} to {column.NewName}",
        CreateIndexOperation index => $"adds index {index.Name}",
        DropIndexOperation index => $"drops index {index.Name}",
        AddForeignKeyOperation key => $"adds foreign key {key.Name}",
        DropForeignKeyOperation key => $"drops foreign key {key.Name}",
        AddCheckConstraintOperation check => $"adds check {check.Name}",
        DropCheckConstraintOperation check => $"drops check {check.Name}",
        ITableMigrationOperation other => $"changes table {other.Table}",
        _ => "changes the database",
    };
}
