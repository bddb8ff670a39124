using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>
/// Migrations that no transaction can hold: indexes created while the table is in use. What a failed attempt left is removed and
/// what it finished is kept, so that such a step can be repeated as well.
/// </summary>
internal static class ConcurrentIndexes
{
    /// <exception cref="InvalidOperationException">The step does other things too, which could not be repeated.</exception>
    public static void Require(MigrationStep step)
    {
        if (!step.IsTransactional && step.Operations.Any(operation => operation is not (CreateIndexOperation or SqlOperation)))
        {
            throw new InvalidOperationException(
                $"migration {step.Id} creates an index concurrently and does other things too, so it could not be repeated after a failure: split it in two");
        }
    }

    /// <param name="connection">In no transaction; search_path is a setting of its session meanwhile.</param>
    public static async Task RunAsync(NpgsqlConnection connection, string schema, MigrationStep step, CancellationToken cancellationToken)
    {
        // No lock_timeout: the wait for older transactions would end by it too, and nobody's work is held up by this one.
        await ExecuteAsync(connection, $"set search_path = {Quote(schema)}", cancellationToken);

        foreach (var index in step.Operations.OfType<CreateIndexOperation>())
        {
            await DropIfInvalidAsync(connection, schema, index.Name, cancellationToken);
        }

        foreach (var statement in step.Statements)
        {
            await ExecuteAsync(
                connection, statement.Replace(" INDEX CONCURRENTLY ", " INDEX CONCURRENTLY IF NOT EXISTS ", StringComparison.OrdinalIgnoreCase), cancellationToken);
        }

        await ExecuteAsync(connection, "reset search_path", cancellationToken);
    }

    private static async Task DropIfInvalidAsync(NpgsqlConnection connection, string schema, string index, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(
            """
            select exists (select from pg_index i join pg_class c on c.oid = i.indexrelid
                where c.relnamespace = $1::regnamespace and c.relname = $2 and not i.indisvalid)
            """,
            connection)
        {
            Parameters = { new() { Value = schema }, new() { Value = index } },
        };

        if (await query.ExecuteScalarAsync(cancellationToken) is true)
        {
            await ExecuteAsync(connection, $"drop index concurrently {Quote(index)}", cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Quote(string identifier) => new NpgsqlCommandBuilder().QuoteIdentifier(identifier);
}
