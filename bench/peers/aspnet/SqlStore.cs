using Npgsql;
using NpgsqlTypes;

namespace TenantPlatform.AspNetPeer;

/// <summary>Npgsql by hand: as fast as .NET gets at the rows.</summary>
internal sealed class SqlStore(NpgsqlDataSource dataSource) : ITodoStore
{
    private const string Columns = "id, title, description, completed, priority, due_date, created_by, assigned_to, version, created, updated";

    private const string Newest = $"""
        select {Columns} from pooled.todos
        where tenant_id = $1 and deleted is null
        order by created desc, id desc limit 21
        """;

    private const string Insert = $"""
        insert into pooled.todos (tenant_id, id, title, description, completed, priority, due_date, created_by, assigned_to)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning {Columns}
        """;

    public async Task<TodoPage> ListAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Newest, connection) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenantId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<TodoAnswer>(TodoPage.Size + 1);

        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Read(reader));
        }

        return TodoPage.Of(rows);
    }

    public async Task<TodoAnswer> AddAsync(Membership member, NewTodo todo, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = member.TenantId },
                new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
                new NpgsqlParameter<string> { TypedValue = todo.Title },
                new() { Value = (object?)todo.Description ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<bool> { TypedValue = todo.Completed },
                new NpgsqlParameter<int> { TypedValue = todo.Priority },
                new() { Value = (object?)todo.DueDate ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<Guid> { TypedValue = member.UserId },
                new() { Value = (object?)todo.AssignedTo ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return Read(reader);
    }

    private static TodoAnswer Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetBoolean(3), row.GetInt32(4),
        row.IsDBNull(5) ? null : row.GetDateTime(5), row.GetGuid(6), row.IsDBNull(7) ? null : row.GetGuid(7), row.GetInt32(8),
        row.GetDateTime(9), row.GetDateTime(10));
}
