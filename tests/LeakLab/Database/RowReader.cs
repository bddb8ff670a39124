using Npgsql;
using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.LeakLab.Database;

internal static class RowReader
{
    /// <summary>A row with all its columns that are not null, or null if none is to be seen.</summary>
    public static Task<Row?> ReadAsync(NpgsqlConnection connection, GuardedTable guarded, string condition, CancellationToken cancellationToken) =>
        ReadAsync(connection, guarded, [.. guarded.Table.Columns.Select(column => column.Name)], condition, cancellationToken);

    /// <summary>Only what tells whose row it is and which: nobody's secrets.</summary>
    public static Task<Row?> ReadKeyAsync(NpgsqlConnection connection, GuardedTable guarded, string condition, CancellationToken cancellationToken) =>
        ReadAsync(
            connection, guarded, [.. guarded.Table.PrimaryKey!.Columns.Select(column => column.Name).Append(guarded.Owner).Distinct()], condition, cancellationToken);

    private static async Task<Row?> ReadAsync(
        NpgsqlConnection connection, GuardedTable guarded, string[] columns, string condition, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select {string.Join(", ", columns.Select(column => $"{column}::text"))} from {guarded.Name} where {condition} limit 1", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        if (!await reader.ReadAsync(cancellationToken))
            return null;

        var present = Enumerable.Range(0, columns.Length).Where(i => !reader.IsDBNull(i));
        return new Row(guarded.Table, present.ToDictionary(i => columns[i], reader.GetString));
    }
}
