using Npgsql;

namespace TenantPlatform.Schema.Tests;

internal static class Sql
{
    /// <summary>Unpooled, so that nothing stays connected to a database which is about to be copied.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public static async Task ExecuteAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Each row as PostgreSQL writes a whole row: (a,b).</summary>
    public static async Task<List<string>> ReadLinesAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand($"select r::text from ({sql}) r", connection);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();

        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            lines.Add(rows.GetString(0));

        return lines;
    }
}
