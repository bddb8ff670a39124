using Npgsql;

namespace TenantPlatform.Data.Tests;

/// <summary>What an attacker can do who has tp_app's connection, but not the signing key.</summary>
internal static class RawSql
{
    public static async Task<int> ExecuteAsync(this NpgsqlDataSource database, string sql, string? context = null)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return await connection.WithinAsync(context, sql, command => command.ExecuteNonQueryAsync(Cancel));
    }

    public static async Task<T?> ScalarAsync<T>(this NpgsqlDataSource database, string sql, string? context = null)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return await connection.WithinAsync(context, sql, async command =>
            await command.ExecuteScalarAsync(Cancel) is T value ? value : default);
    }

    /// <summary>The SQLSTATE with which this fails.</summary>
    public static async Task<string> SqlStateAsync(Func<Task> action) => (await PostgresErrorAsync(action)).SqlState;

    /// <summary>The error with which this fails, through EF's wrapping or not.</summary>
    public static async Task<PostgresException> PostgresErrorAsync(Func<Task> action)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(action);
        return Assert.IsType<PostgresException>(error as PostgresException ?? error.InnerException);
    }

    private static async Task<T> WithinAsync<T>(this NpgsqlConnection connection, string? context, string sql, Func<NpgsqlCommand, Task<T>> run)
    {
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        if (context is not null)
        {
            await using var enter = new NpgsqlCommand("call tenancy.enter($1)", connection) { Parameters = { new() { Value = context } } };
            await enter.ExecuteNonQueryAsync(Cancel);
        }

        await using var command = new NpgsqlCommand(sql, connection);
        var result = await run(command);
        await transaction.CommitAsync(Cancel);
        return result;
    }
}
