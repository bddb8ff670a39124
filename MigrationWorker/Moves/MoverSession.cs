using Npgsql;
using NpgsqlTypes;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>The connection of one mover, as tp_owner. It holds the lock that lets nobody else move the same tenant, and frees it when the mover dies.</summary>
internal sealed class MoverSession(NpgsqlConnection connection) : IAsyncDisposable
{
    // A key space of our own: "tpmoving" in ASCII.
    private const long Seed = 0x74706d6f76696e67;

    public NpgsqlConnection Connection => connection;

    public static async Task<MoverSession> OpenAsync(string access, CancellationToken cancellationToken)
    {
        var patient = new NpgsqlConnectionStringBuilder(access) { CommandTimeout = 0, ApplicationName = "tenantplatform-mover" };
        var session = new MoverSession(new NpgsqlConnection(patient.ConnectionString));
        try
        {
            await session.Connection.OpenAsync(cancellationToken);
            await session.NoticeOwnDeathAsync(cancellationToken);

            // Behind the fence all ids of the tenant are joined: in memory, and without compiling a plan that runs once.
            await session.ExecuteAsync("set work_mem = '64MB'; set jit = off", [], cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits a little for a mover that was killed a moment ago; false while another one is at work.</summary>
    public async Task<bool> TryLockAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("set lock_timeout = '2s'", [], cancellationToken);
            await ExecuteAsync("select pg_advisory_lock(hashtextextended($1::text, $2))", [tenantId, Seed], cancellationToken);
            await ExecuteAsync("reset lock_timeout", [], cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable)
        {
            await ExecuteAsync("reset lock_timeout", [], cancellationToken);
            return false;
        }
    }

    public Task UnlockAsync(Guid tenantId, CancellationToken cancellationToken) =>
        ExecuteAsync("select pg_advisory_unlock(hashtextextended($1::text, $2))", [tenantId, Seed], cancellationToken);

    public async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginAsync(cancellationToken);
        await work(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<int> ExecuteAsync(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<T?> ScalarAsync<T>(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    public NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(Array.ConvertAll(values, Parameter));
        return command;
    }

    /// <summary>All in one round trip.</summary>
    public NpgsqlBatch Batch(IEnumerable<(string Sql, object[] Values)> statements)
    {
        var batch = new NpgsqlBatch(connection);

        foreach (var (sql, values) in statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(Array.ConvertAll(values, Parameter));
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static NpgsqlParameter Parameter(object value) =>
        value is SnapshotMark mark ? new() { Value = mark.Xid, NpgsqlDbType = NpgsqlDbType.Xid } : new() { Value = value };

    // Else the server would finish a long statement of a mover that was killed, and hold its locks meanwhile. Not every system can.
    private async Task NoticeOwnDeathAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("set client_connection_check_interval = '500ms'", [], cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidParameterValue)
        {
            return;
        }
    }
}
