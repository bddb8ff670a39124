using System.Data;
using Npgsql;

namespace TenantPlatform.MigrationWorker;

/// <summary>A connection that the server ended between two statements is noticed by the next one, as misuse; it is the server's fault like any other.</summary>
internal static class LostConnection
{
    /// <exception cref="NpgsqlException">The connection was lost.</exception>
    public static ValueTask<NpgsqlTransaction> BeginAsync(this NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.State is ConnectionState.Open
            ? connection.BeginTransactionAsync(cancellationToken)
            : throw new NpgsqlException("The connection to the server was lost.");
}
