using Npgsql;

namespace TenantPlatform.MigrationWorker;

/// <summary>One worker at a time in a database. Held by the connection, so it is free again when the worker dies.</summary>
internal static class WorkerLock
{
    // Any constant that nobody else uses: "tpmigrat" in ASCII.
    private const long Key = 0x74706d6967726174;

    public static async Task TakeAsync(NpgsqlConnection connection, ILogger logger, CancellationToken cancellationToken)
    {
        await using var attempt = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Key } } };

        if ((bool)(await attempt.ExecuteScalarAsync(cancellationToken))!)
        {
            return;
        }

        logger.LogInformation("Another worker is at work; waiting for it");
        await using var wait = new NpgsqlCommand("select pg_advisory_lock($1)", connection)
        {
            Parameters = { new() { Value = Key } },
            CommandTimeout = 0,
        };
        await wait.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps workers that migrate waiting until the transaction ends; false while one migrates.</summary>
    public static async Task<bool> TryShareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var attempt = new NpgsqlCommand("select pg_try_advisory_xact_lock_shared($1)", connection) { Parameters = { new() { Value = Key } } };
        return (bool)(await attempt.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Keeps workers that migrate waiting until the transaction ends, and waits for one that does.</summary>
    public static async Task ShareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var share = new NpgsqlCommand("select pg_advisory_xact_lock_shared($1)", connection) { Parameters = { new() { Value = Key } } };
        await share.ExecuteNonQueryAsync(cancellationToken);
    }
}
