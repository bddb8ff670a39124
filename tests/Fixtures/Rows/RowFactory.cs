using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace TenantPlatform.Fixtures.Rows;

/// <summary>
/// Makes a valid row of any table from the model alone: what a foreign key needs is made first, and values are tried until
/// the table's own checks accept them, changing at random a column that the violated check speaks of.
/// </summary>
/// <param name="owner">Open; of a role whom row-level security does not hold.</param>
public sealed class RowFactory(NpgsqlConnection owner)
{
    private const string TenantId = "tenant_id";
    private const int Attempts = 2000;

    // Fixed, so that a test does the same each time.
    private readonly Random random = new(1);

    /// <summary>Inserts a row of the tenant and returns what it wrote.</summary>
    /// <param name="with">A foreign key to be set although it may be null.</param>
    public async Task<Row> InsertAsync(ITable table, Guid tenant, IForeignKeyConstraint? with = null, CancellationToken cancellationToken = default)
    {
        var fixedValues = await ReferencesAsync(table, tenant, with, cancellationToken);
        var row = new Row(table, new(fixedValues));

        foreach (var column in table.Columns.Where(column => !column.IsNullable && !HasDefault(column) && !fixedValues.ContainsKey(column.Name)))
            row.Values[column.Name] = Candidates.Pick(column, random);

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await TryInsertAsync(row, cancellationToken) is not { } violated)
                return row;

            Change(row, violated, fixedValues);
        }

        throw new InvalidOperationException($"No row of {table.Name} that its checks accept was found: give {nameof(Candidates)} a value that fits.");
    }

    /// <summary>At least one row of the tenant in every table of the tenant plane, and one for each reference that restricts deletes.</summary>
    public async Task FillAsync(Guid tenant, CancellationToken cancellationToken = default)
    {
        var tables = ModelTables.All.Where(table => table.IsTenantPlane()).ToList();

        // What restricts comes first: rows that must go before those that they name.
        foreach (var key in tables.SelectMany(table => table.ForeignKeyConstraints).Where(key => key.OnDeleteAction is ReferentialAction.Restrict))
            await InsertAsync(key.Table, tenant, key, cancellationToken);

        foreach (var table in tables)
        {
            await using var exists = new NpgsqlCommand($"select exists (select from {table.Qualified()} where tenant_id = '{tenant}')", owner);

            if (await exists.ExecuteScalarAsync(cancellationToken) is false)
                await InsertAsync(table, tenant, cancellationToken: cancellationToken);
        }
    }

    private async Task<Dictionary<string, string>> ReferencesAsync(
        ITable table, Guid tenant, IForeignKeyConstraint? with, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>();

        if (table.FindColumn(TenantId) is not null)
            values[TenantId] = tenant.ToString();

        foreach (var key in table.ForeignKeyConstraints.Where(key => key == with || !key.Columns.Any(column => column.IsNullable || HasDefault(column))))
        {
            if (key.PrincipalTable.Name == "tenants")
                continue;

            var principal = await InsertAsync(ModelTables.Find(key.PrincipalTable.Name), tenant, cancellationToken: cancellationToken);

            foreach (var (column, target) in key.Columns.Zip(key.PrincipalColumns))
                values[column.Name] = principal.Values[target.Name];
        }

        return values;
    }

    /// <returns>The violated constraint, or null.</returns>
    private async Task<string?> TryInsertAsync(Row row, CancellationToken cancellationToken)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
        try
        {
            await using var insert = new NpgsqlCommand(row.InsertSql, owner);
            await insert.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return null;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.UniqueViolation)
        {
            return e.ConstraintName;
        }
    }

    private void Change(Row row, string violated, Dictionary<string, string> fixedValues)
    {
        var free = row.Table.Columns.Where(column => !fixedValues.ContainsKey(column.Name) && !IsReference(row.Table, column)).ToList();
        var check = row.Table.CheckConstraints.SingleOrDefault(check => check.Name == violated)?.Sql ?? "";
        var concerned = free.Where(column => Regex.IsMatch(check, $@"\b{column.Name}\b")).ToList();

        // A unique constraint does not say which columns it is about.
        var candidates = concerned.Count > 0 ? concerned : free;
        var column = candidates[random.Next(candidates.Count)];

        if ((column.IsNullable || HasDefault(column)) && random.Next(3) == 0)
            row.Values.Remove(column.Name);
        else
            row.Values[column.Name] = Candidates.Pick(column, random);
    }

    private static bool IsReference(ITable table, IColumn column) => table.ForeignKeyConstraints.Any(key => key.Columns.Contains(column));

    private static bool HasDefault(IColumn column) => column.DefaultValueSql is not null || column.TryGetDefaultValue(out _);
}
