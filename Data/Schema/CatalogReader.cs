using System.Data;
using Npgsql;

namespace TenantPlatform.Data.Schema;

/// <summary>
/// Asks the catalog under a search_path that nobody else can write to: expressions may otherwise look like ours and call functions
/// or operators that are not. The connection's session and transaction are left as they were.
/// </summary>
internal static class CatalogReader
{
    public static async Task ReadAsync(
        NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> questions, Action<NpgsqlDataReader> read, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginUnlessBegunAsync(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("savepoint catalog"));
        batch.BatchCommands.Add(new("set local search_path = pg_catalog, pg_temp"));

        foreach (var question in questions)
        {
            batch.BatchCommands.Add(question);
        }

        batch.BatchCommands.Add(new("rollback to savepoint catalog"));
        batch.BatchCommands.Add(new("release savepoint catalog"));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);

        do
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                read(rows);
            }
        }
        while (await rows.NextResultAsync(cancellationToken));
    }

    // SET LOCAL needs a transaction, set_config is not open to everybody, and Npgsql does not tell whether the caller has a transaction.
    private static async Task<NpgsqlTransaction?> BeginUnlessBegunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.BeginTransactionAsync(cancellationToken);
        }
        catch (InvalidOperationException) when (connection.State is ConnectionState.Open)
        {
            return null;
        }
    }
}
