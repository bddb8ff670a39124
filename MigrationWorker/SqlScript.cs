using Npgsql;

namespace TenantPlatform.MigrationWorker;

/// <summary>The repeatable scripts of the folder Sql, embedded in the worker.</summary>
internal static class SqlScript
{
    public static async Task RunAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Read(name), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SqlScript).Assembly.GetManifestResourceStream($"{name}.sql")!);
        return reader.ReadToEnd();
    }
}
