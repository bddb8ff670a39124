using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Internal;

namespace TenantPlatform.MigrationWorker.Lint;

#pragma warning disable EF1001 // The name of the annotation "created concurrently" has no public home.

/// <summary>Judges one operation of EF on a table that was there before.</summary>
internal static partial class OperationRules
{
    public static IEnumerable<(LintRule Rule, string Operation)> Judge(
        MigrationOperation operation, IReadOnlySet<string> unused, IReadOnlySet<(string, string)> proven) => operation switch
        {
            AddColumnOperation column => JudgeNew(column),
            AlterColumnOperation column => JudgeChange(column, proven),
            AddCheckConstraintOperation check => [(LintRule.CheckValidated, $"adds check {check.Name} to {check.Table}")],
            AddForeignKeyOperation key => [(LintRule.ForeignKeyValidated, $"adds foreign key {key.Name} to {key.Table}")],
            CreateIndexOperation index when !IsConcurrent(index) => [(LintRule.IndexBlocks, $"adds index {index.Name} to {index.Table}")],
            AddUniqueConstraintOperation unique => [(LintRule.IndexBlocks, $"adds unique constraint {unique.Name} to {unique.Table}")],
            AddPrimaryKeyOperation key => [(LintRule.PrimaryKey, $"adds primary key {key.Name} to {key.Table}")],
            DropPrimaryKeyOperation key => [(LintRule.PrimaryKey, $"drops primary key {key.Name} of {key.Table}")],
            DropColumnOperation column when !unused.Contains($"{column.Table}.{column.Name}") => [(LintRule.Drop, $"drops column {column.Table}.{column.Name}")],
            DropTableOperation table when !unused.Contains(table.Name) => [(LintRule.Drop, $"drops table {table.Name}")],
            RenameColumnOperation column => [(LintRule.Rename, $"renames column {column.Table}.{column.Name} to {column.NewName}")],
            RenameTableOperation table => [(LintRule.Rename, $"renames table {table.Name} to {table.NewName ?? table.NewSchema}")],
            DropCheckConstraintOperation check => [(LintRule.DropConstraint, $"drops check {check.Name} of {check.Table}")],
            DropForeignKeyOperation key => [(LintRule.DropConstraint, $"drops foreign key {key.Name} of {key.Table}")],
            DropUniqueConstraintOperation unique => [(LintRule.DropConstraint, $"drops unique constraint {unique.Name} of {unique.Table}")],
            _ => [],
        };

    public static bool IsOutsideTransactions(MigrationOperation operation) =>
        operation is SqlOperation { SuppressTransaction: true } || operation is CreateIndexOperation index && IsConcurrent(index);

    /// <param name="created">Tables of the same migration: what is written there hurts nobody.</param>
    public static bool WritesRows(MigrationOperation operation, IReadOnlySet<string> created) => operation switch
    {
        InsertDataOperation insert => !created.Contains(insert.Table),
        UpdateDataOperation update => !created.Contains(update.Table),
        DeleteDataOperation delete => !created.Contains(delete.Table),
        SqlOperation sql => SqlRules.WritesRows(sql.Sql, created),
        _ => false,
    };

    private static IEnumerable<(LintRule Rule, string Operation)> JudgeNew(AddColumnOperation column)
    {
        var name = $"adds column {column.Table}.{column.Name}";

        if (column.ComputedColumnSql is not null || column.DefaultValueSql is { } sql && IsVolatile(sql))
        {
            yield return (LintRule.VolatileDefault, $"{name} with {column.ComputedColumnSql ?? column.DefaultValueSql}");
        }
        else if (column is { IsNullable: false, DefaultValue: null, DefaultValueSql: null })
        {
            yield return (LintRule.NotNullColumn, name);
        }
    }

    private static IEnumerable<(LintRule Rule, string Operation)> JudgeChange(AlterColumnOperation column, IReadOnlySet<(string, string)> proven)
    {
        var name = $"{column.Table}.{column.Name}";
        var old = column.OldColumn;

        if (old.ColumnType != column.ColumnType && !IsWidening(old.ColumnType, column.ColumnType) || old.Collation != column.Collation)
        {
            yield return (LintRule.TypeChange, $"changes {name} from {old.ColumnType} to {column.ColumnType}");
        }

        if (old.IsNullable && !column.IsNullable && !proven.Contains((column.Table, column.Name)))
        {
            yield return (LintRule.SetNotNull, $"makes {name} not null");
        }

        if ((old.DefaultValue ?? old.DefaultValueSql) is not null && column is { DefaultValue: null, DefaultValueSql: null })
        {
            yield return (LintRule.DropDefault, $"drops the default of {name}");
        }
    }

    // PostgreSQL changes these in the catalog alone.
    private static bool IsWidening(string? from, string? to) => to is "text" && from is { } text && text.StartsWith("character varying", StringComparison.Ordinal);

    private static bool IsConcurrent(CreateIndexOperation index) => index[NpgsqlAnnotationNames.CreatedConcurrently] is true;

    // Whatever is not known to be the same for all rows of a statement.
    private static bool IsVolatile(string sql) => Call().Matches(sql).Any(call => call.Groups[1].Value is not ("now" or "transaction_timestamp"));

    [GeneratedRegex(@"(\w+)\s*\(")]
    private static partial Regex Call();
}
