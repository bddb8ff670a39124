using Npgsql;
using NpgsqlTypes;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Api;

/// <summary>Writes a <see cref="Population"/> into a migrated database, with COPY.</summary>
internal sealed class Filling(NpgsqlConnection connection, Population population, DateTime now)
{
    public static async Task FillAsync(BenchDatabase database, Population population, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database.Admin);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var filling = new Filling(connection, population, DateTime.UtcNow);

        // Foreign keys are not checked row by row: the rows are ours, and right.
        await filling.RunAsync("set session_replication_role = replica", cancellationToken);
        await filling.CopyUsersAsync(cancellationToken);
        await filling.CopyTenantsAsync(cancellationToken);
        await filling.CopyMembersAsync(cancellationToken);
        await filling.CopySessionsAsync(cancellationToken);
        await filling.CopyTodosAsync(cancellationToken);
        await filling.RunAsync("vacuum analyze", cancellationToken);
        await filling.RunAsync("checkpoint", cancellationToken);
    }

    private Task CopyUsersAsync(CancellationToken cancellationToken) => CopyAsync(
        "platform.users (id, email, email_verified, name)", population.Everybody,
        seat => [seat.UserId, $"user{seat.Number}@tenant{seat.Tenant}.example", now, $"User {seat.Number} of {seat.Tenant}"], cancellationToken);

    private Task CopyTenantsAsync(CancellationToken cancellationToken) => CopyAsync(
        "platform.tenants (id, key, slug, name)", Enumerable.Range(0, population.Tenants),
        tenant => [Population.TenantId(tenant), $"tenant{tenant:000000}", $"tenant-{tenant}", $"Tenant {tenant}"], cancellationToken);

    private Task CopyMembersAsync(CancellationToken cancellationToken) => CopyAsync(
        "platform.tenant_users (tenant_id, user_id, roles)", population.Everybody,
        seat => [seat.TenantId, seat.UserId, new[] { seat.Number == 0 ? "owner" : "member" }], cancellationToken);

    private Task CopySessionsAsync(CancellationToken cancellationToken) => CopyAsync(
        "platform.sessions (id, user_id, token_hash, expires)", population.Everybody,
        seat => [Guid.CreateVersion7(), seat.UserId, seat.TokenHash, now.AddDays(7)], cancellationToken);

    // In the order of time, so that the tenants' rows lie mixed on the pages, as they come in.
    private Task CopyTodosAsync(CancellationToken cancellationToken) => CopyAsync(
        "pooled.todos (tenant_id, id, title, description, completed, priority, due_date, created_by, assigned_to, created, updated)",
        from todo in Enumerable.Range(0, population.TodosPerTenant)
        from seat in population.Everybody.Where(seat => seat.Number == todo % population.UsersPerTenant)
        select (seat, todo), entry => TodoRow(entry.seat, entry.todo), cancellationToken);

    private object?[] TodoRow(Seat seat, int todo)
    {
        var created = now.AddMinutes(todo - population.TodosPerTenant).AddMilliseconds(seat.Tenant);
        return
        [
            seat.TenantId, Guid.CreateVersion7(created), $"Todo {todo} of tenant {seat.Tenant}: call them back",
            todo % 2 == 0 ? "They asked about the invoice of last month and would like to have it corrected before the end of the week." : null,
            todo % 3 == 0, (todo % 5) + 1, todo % 4 == 0 ? created.AddDays(14) : null, seat.UserId, todo % 2 == 0 ? seat.UserId : null, created, created,
        ];
    }

    private async Task CopyAsync<T>(string table, IEnumerable<T> rows, Func<T, object?[]> columns, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"copy {table} from stdin (format binary)", cancellationToken);
        writer.Timeout = TimeSpan.FromMinutes(5);

        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancellationToken);

            foreach (var value in columns(row))
            {
                await WriteAsync(writer, value, cancellationToken);
            }
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter writer, object? value, CancellationToken cancellationToken) => value switch
    {
        null => writer.WriteNullAsync(cancellationToken),
        DateTime time => writer.WriteAsync(time, NpgsqlDbType.TimestampTz, cancellationToken),
        _ => writer.WriteAsync(value, cancellationToken),
    };

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
