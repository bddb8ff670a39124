using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace TenantPlatform.Data.Isolation;

/// <summary>
/// The only place that hands the tenant context to the database. A command on its own gets the call in front of it: one
/// round trip, one implicit transaction, so the context ends with the command. A transaction gets it once, at its start.
/// </summary>
internal sealed class TenantContextInterceptor(TenantContextSigner signer) : DbCommandInterceptor, IDbTransactionInterceptor
{
    private const string Parameter = "tenancy_context";

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        EnterWith(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        EnterWith(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        EnterWith(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        EnterWith(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        EnterWith(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        EnterWith(command, eventData);
        return ValueTask.FromResult(result);
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        using var enter = Enter(connection, result, eventData.Context);
        enter.ExecuteNonQuery();
        return result;
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var enter = Enter(connection, result, eventData.Context);
        await enter.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    public DbTransaction TransactionUsed(DbConnection connection, TransactionEventData eventData, DbTransaction result) =>
        throw new NotSupportedException("Start transactions through this DbContext: one begun elsewhere has no tenant context.");

    public ValueTask<DbTransaction> TransactionUsedAsync(
        DbConnection connection, TransactionEventData eventData, DbTransaction result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(TransactionUsed(connection, eventData, result));

    private void EnterWith(DbCommand command, CommandEventData eventData)
    {
        if (command.Transaction is null)
        {
            // The call in front would upset EF's count of written rows.
            if (eventData.CommandSource is CommandSource.SaveChanges)
            {
                throw new NotSupportedException(
                    "Rows are saved in the DbContext's own transaction only: use Database.BeginTransaction instead of a TransactionScope, and leave AutoTransactionBehavior as it is.");
            }

            command.CommandText = $"call tenancy.enter(@{Parameter});\n{command.CommandText}";
            command.Parameters.Add(new NpgsqlParameter<string>(Parameter, Mint(eventData.Context)));
        }
    }

    private NpgsqlCommand Enter(DbConnection connection, DbTransaction transaction, DbContext? db) =>
        new("call tenancy.enter($1)", (NpgsqlConnection)connection, (NpgsqlTransaction)transaction)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = Mint(db) } },
        };

    private string Mint(DbContext? db) => db is TenancyDbContext { Context: { } context }
        ? signer.Sign(context)
        : throw new InvalidOperationException("No tenant context: open the DbContext with TenancyDb.Open(context).");
}
