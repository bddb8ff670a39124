using Npgsql;

namespace TenantPlatform.MigrationWorker.Tests;

internal static class SqlExtensions
{
    /// <summary>Runs it on a connection of its own, given by its connection string.</summary>
    public static async Task<T?> ScalarAsync<T>(this string access, string sql)
    {
        await using var connection = new NpgsqlConnection(access + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel) is T value ? value : default;
    }

    public static Task ExecuteAsync(this string access, string sql) => access.ScalarAsync<object>(sql);
}
