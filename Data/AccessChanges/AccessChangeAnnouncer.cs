using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.AccessChanges;

/// <summary>
/// Announces the changes of a transaction within it, so that other processes hear of them if and only if it commits, and tells
/// this process as soon as it has. A bulk statement on its own carries its announcement.
/// </summary>
internal sealed class AccessChangeAnnouncer(AccessChangeClock clock) : DbCommandInterceptor, IDbTransactionInterceptor
{
    private const string Parameter = "access_changes";
    private const string Announcement = $"select pg_notify('{AccessChangeNotification.Channel}', payload) from unnest(@{Parameter}) payload";

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        AnnounceWith(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        AnnounceWith(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        ApplyAfter(command, eventData);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        ApplyAfter(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        BulkStatement.RequireTransaction(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        BulkStatement.RequireTransaction(command, eventData);
        return ValueTask.FromResult(result);
    }

    // Whether it took effect is unknown when the connection broke on the way.
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => ApplyAfter(command, eventData);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        ApplyAfter(command, eventData);
        return Task.CompletedTask;
    }

    public InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        if (Announced(transaction, eventData.Context) is { } announcement)
        {
            using (announcement)
            {
                announcement.ExecuteNonQuery();
            }
        }

        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (Announced(transaction, eventData.Context) is { } announcement)
        {
            await using (announcement)
            {
                await announcement.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        return result;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Apply(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) => Apply(eventData.Context);

    public Task TransactionFailedAsync(DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(eventData.Context);
        return Task.CompletedTask;
    }

    private static void AnnounceWith(DbCommand command, CommandEventData eventData)
    {
        BulkStatement.RequireAnnouncement(command, eventData);

        if (command.Transaction is null && Pending(eventData.Context) is { Count: > 0 } changes)
        {
            command.CommandText = $"{Announcement};\n{command.CommandText}";
            command.Parameters.Add(Payloads(changes));
        }
    }

    private static NpgsqlCommand? Announced(DbTransaction transaction, DbContext? db) => Pending(db) is { Count: > 0 } changes
        ? new NpgsqlCommand(Announcement, (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction) { Parameters = { Payloads(changes) } }
        : null;

    private static NpgsqlParameter Payloads(IReadOnlyCollection<AccessChange> changes) =>
        new(Parameter, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = AccessChangeNotification.Write(changes) };

    private static HashSet<AccessChange>? Pending(DbContext? db) => (db as TenancyDbContext)?.Announced;

    private void ApplyAfter(DbCommand command, CommandEventData eventData)
    {
        if (command.Transaction is null)
        {
            Apply(eventData.Context);
        }
    }

    private void Apply(DbContext? db)
    {
        if (Pending(db) is { Count: > 0 } changes)
        {
            clock.Apply([.. changes]);
            changes.Clear();
        }
    }
}
