using Microsoft.EntityFrameworkCore.Metadata;

namespace TenantPlatform.Fixtures.Rows;

/// <param name="Values">By column, as SQL literals without quotes; columns that are missing get their default.</param>
public sealed record Row(ITable Table, Dictionary<string, string> Values)
{
    public string InsertSql =>
        $"insert into {Table.Qualified()} ({string.Join(", ", Values.Keys)}) values ({string.Join(", ", Values.Keys.Select(Literal))})";

    /// <summary>Finds this row by its primary key.</summary>
    public string Condition =>
        string.Join(" and ", Table.PrimaryKey!.Columns.Select(column => $"{column.Name} = {Literal(column.Name)}"));

    public string Literal(string column) =>
        $"'{Values[column].Replace("'", "''", StringComparison.Ordinal)}'::{Table.FindColumn(column)!.StoreType}";
}
