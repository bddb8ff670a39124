using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace TenantPlatform.Schema.Tests;

/// <summary>
/// Makes a valid row of any table from the model alone: what a foreign key needs is made first, and values are tried until
/// the table's own checks accept them, changing at random a column that the violated check speaks of.
/// </summary>
internal sealed class RowFactory(NpgsqlConnection owner)
{
    private const string TenantId = "tenant_id";
    private const int Attempts = 2000;

    // Fixed, so that a test does the same each time.
    private readonly Random random = new(1);

    /// <summary>Inserts a row of the tenant and returns what it wrote.</summary>
    /// <param name="with">A foreign key to be set although it may be null.</param>
    public async Task<Row> InsertAsync(ITable table, Guid tenant, IForeignKeyConstraint? with = null)
    {
        if (table.Name == "tenants")
            return new Row(table, new() { ["id"] = tenant.ToString() });

        var fixedValues = await ReferencesAsync(table, tenant, with);
        var row = new Row(table, new(fixedValues));

        foreach (var column in table.Columns.Where(column => !column.IsNullable && !HasDefault(column) && !fixedValues.ContainsKey(column.Name)))
            row.Values[column.Name] = Candidates.Pick(column, random);

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await TryInsertAsync(row) is not { } violated)
                return row;

            Change(row, violated, fixedValues);
        }

        throw new InvalidOperationException($"No row of {table.Name} that its checks accept was found: give {nameof(Candidates)} a value that fits.");
    }

    private async Task<Dictionary<string, string>> ReferencesAsync(ITable table, Guid tenant, IForeignKeyConstraint? with)
    {
        var values = new Dictionary<string, string>();

        if (table.FindColumn(TenantId) is not null)
            values[TenantId] = tenant.ToString();

        foreach (var key in table.ForeignKeyConstraints.Where(key => key == with || key.Columns.All(column => !column.IsNullable)))
        {
            var principal = await InsertAsync(ModelTables.Find(key.PrincipalTable.Name), tenant);

            foreach (var (column, target) in key.Columns.Zip(key.PrincipalColumns))
                values[column.Name] = principal.Values[target.Name];
        }

        return values;
    }

    /// <returns>The violated constraint, or null.</returns>
    private async Task<string?> TryInsertAsync(Row row)
    {
        await using var transaction = await owner.BeginTransactionAsync(Cancel);
        try
        {
            await owner.ExecuteAsync(row.InsertSql);
            await transaction.CommitAsync(Cancel);
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

/// <param name="Values">By column, as SQL literals without quotes; columns that are missing get their default.</param>
internal sealed record Row(ITable Table, Dictionary<string, string> Values)
{
    public string InsertSql =>
        $"insert into {Table.Qualified()} ({string.Join(", ", Values.Keys)}) values ({string.Join(", ", Values.Select(value => Literal(value.Key, value.Value)))})";

    private string Literal(string column, string value) =>
        $"'{value.Replace("'", "''", StringComparison.Ordinal)}'::{Table.FindColumn(column)!.StoreType}";
}
