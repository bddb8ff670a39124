using Npgsql;

namespace TenantPlatform.MigrationWorker;

/// <summary>The repeatable scripts of the folder Sql, embedded in the worker.</summary>
internal static class SqlScript
{
    public static async Task RunAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(SqlScript).Assembly.GetManifestResourceStream($"{name}.sql")!);
        await using var command = new NpgsqlCommand(await reader.ReadToEndAsync(cancellationToken), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
