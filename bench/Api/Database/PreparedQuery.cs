using Npgsql;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Bench.Api.Database;

/// <summary>A variant's statements, prepared on a connection of its own.</summary>
internal sealed class PreparedQuery(QueryVariant variant, NpgsqlConnection connection, TenantContextSigner signer) : IAsyncDisposable
{
    private const int PageRows = 21;

    private readonly string newest = $"""
        select id, title, description, completed, priority, due_date, created_by, assigned_to, version, created, updated
        from {variant.Schema}.todos where tenant_id = $1 and deleted is null order by created desc, id desc limit 21
        """;

    private readonly NpgsqlParameter<string> argument = new() { TypedValue = "" };
    private readonly NpgsqlParameter<Guid> tenant = new();
    private NpgsqlBatch[] trips = [];

    public QueryVariant Variant => variant;

    public NpgsqlConnection Connection => connection;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var query = new NpgsqlBatchCommand(newest) { Parameters = { tenant } };
        var enter = variant.Enter is { } sql ? new NpgsqlBatchCommand(sql) { Parameters = { argument } } : null;

        trips = (enter, variant.IsOneTrip) switch
        {
            (null, _) => [Trip(query)],
            (_, true) => [Trip(enter, query)],
            _ => [Trip(new NpgsqlBatchCommand("begin")), Trip(enter), Trip(query), Trip(new NpgsqlBatchCommand("commit"))],
        };

        foreach (var trip in trips)
            await trip.PrepareAsync(cancellationToken);
    }

    /// <exception cref="BenchException">It did not find the tenant's rows.</exception>
    public async Task RunAsync(Seat caller, CancellationToken cancellationToken)
    {
        argument.TypedValue = variant.ArgumentFor(caller, signer);
        tenant.TypedValue = caller.TenantId;
        var rows = 0;

        foreach (var trip in trips)
        {
            await using var reader = await trip.ExecuteReaderAsync(cancellationToken);

            do
            {
                while (await reader.ReadAsync(cancellationToken))
                    rows += reader.FieldCount > 1 ? 1 : 0;
            }
            while (await reader.NextResultAsync(cancellationToken));
        }

        if (rows != PageRows)
        {
            throw new BenchException($"'{variant.Name}' found {rows} rows instead of {PageRows}: it cannot be compared.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var trip in trips)
            await trip.DisposeAsync();

        await connection.DisposeAsync();
    }

    private NpgsqlBatch Trip(params NpgsqlBatchCommand[] commands)
    {
        var batch = new NpgsqlBatch(connection);

        foreach (var command in commands)
            batch.BatchCommands.Add(command);

        return batch;
    }
}
