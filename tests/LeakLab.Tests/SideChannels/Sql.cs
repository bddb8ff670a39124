using System.Globalization;
using Npgsql;

namespace TenantPlatform.LeakLab.Tests.SideChannels;

internal static class Sql
{
    /// <summary>All rows and columns of the last statement that returns rows, as lines of text; null when there are none. Nothing is kept.</summary>
    public static async Task<string?> ReadAsync(this NpgsqlDataSource database, string sql, string? context = null)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        if (context is not null)
        {
            await using var enter = new NpgsqlCommand("call tenancy.enter($1)", connection) { Parameters = { new() { Value = context } } };
            await enter.ExecuteNonQueryAsync(Cancel);
        }

        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        var text = await LastResultAsync(command);
        await (context is null ? transaction.CommitAsync(Cancel) : transaction.RollbackAsync(Cancel));
        return text;
    }

    private static async Task<string?> LastResultAsync(NpgsqlCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        string? text = null;

        do
        {
            var lines = new List<string>();

            while (await reader.ReadAsync(Cancel))
                lines.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader[column], CultureInfo.InvariantCulture))));

            if (reader.FieldCount > 0)
                text = lines.Count > 0 ? string.Join('\n', lines) : null;
        }
        while (await reader.NextResultAsync(Cancel));

        return text;
    }
}
