using Npgsql;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>Tells workers who migrate schemas together that they do: whoever comes first plans the waves, the others join in. Held by the connection.</summary>
internal static class RunLock
{
    // "tpwaves" in ASCII.
    private const long Key = 0x74707761766573;

    /// <summary>Under the worker lock, so that two newcomers cannot both find nobody at work.</summary>
    /// <returns>Whether nobody else is at work; if so, the plan is the caller's to make before it gives the worker lock back.</returns>
    public static async Task<bool> JoinAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var first = await AskAsync(connection, "select pg_try_advisory_lock($1)", cancellationToken);
        await AskAsync(connection, "select pg_advisory_lock_shared($1) is not null", cancellationToken);

        if (first)
        {
            await AskAsync(connection, "select pg_advisory_unlock($1)", cancellationToken);
        }

        return first;
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = Key } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
