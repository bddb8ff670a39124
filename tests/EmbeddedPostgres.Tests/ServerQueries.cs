using System.Globalization;
using Npgsql;

namespace TenantPlatform.EmbeddedPostgres.Tests;

internal static class ServerQueries
{
    public static Task ExecuteAsync(this EmbeddedPostgresServer server, string sql) => server.QueryAsync(sql);

    public static Task<string> QueryAsync(this EmbeddedPostgresServer server, string sql) => QueryAsync(server.ConnectionString, sql);

    public static async Task<string> QueryAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture) ?? "";
    }
}
