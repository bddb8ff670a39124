using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace TenantPlatform.Data.Isolation;

#pragma warning disable EF1001 // The base class's constructor takes Npgsql's singleton options, which are internal.

/// <summary>Writes ENABLE, FORCE and CREATE POLICY where a table gains policies, and undoes it where it loses them.</summary>
internal sealed class RowPolicySqlGenerator(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
{
    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate: true);
        Apply(Table(operation.Name, operation.Schema), [], [.. RowPolicy.PoliciesOf(operation.GetAnnotations())], builder);
    }

    protected override void Generate(AlterTableOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        base.Generate(operation, model, builder);
        Apply(
            Table(operation.Name, operation.Schema),
            [.. RowPolicy.PoliciesOf(operation.OldTable.GetAnnotations())],
            [.. RowPolicy.PoliciesOf(operation.GetAnnotations())],
            builder);
    }

    private static void Apply(
        string table, (string Name, string Clause)[] before, (string Name, string Clause)[] after, MigrationCommandListBuilder builder)
    {
        // Locked before the old policy goes: a table must never be open between two statements.
        if (after.Length > 0 && before.Length == 0)
        {
            Statement(builder, $"alter table {table} enable row level security, force row level security");
        }

        foreach (var (name, _) in before.Except(after))
        {
            Statement(builder, $"drop policy {name} on {table}");
        }

        foreach (var (name, clause) in after.Except(before))
        {
            Statement(builder, $"create policy {name} on {table} {clause}");
        }

        if (after.Length == 0 && before.Length > 0)
        {
            Statement(builder, $"alter table {table} no force row level security, disable row level security");
        }
    }

    private static void Statement(MigrationCommandListBuilder builder, string sql) =>
        builder.Append(sql).AppendLine(";").EndCommand();

    private string Table(string name, string? schema) => Dependencies.SqlGenerationHelper.DelimitIdentifier(name, schema);
}
