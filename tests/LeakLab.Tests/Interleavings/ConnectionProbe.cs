using Npgsql;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>Looks at a connection as the next lessee finds it, before any tenant context is set.</summary>
internal static class ConnectionProbe
{
    // The moment of the query before: a transaction that was left open is older.
    private const string Traces = """
        select concat_ws(', ',
            case when coalesce(current_setting('tenancy.context', true), '') <> '' then 'a tenant context' end,
            case when current_setting('search_path') <> 'pooled' then 'search_path ' || current_setting('search_path') end,
            case when transaction_timestamp() <= $1 then 'an open transaction' end,
            case when current_user <> session_user then 'the role ' || current_user end,
            case when pg_my_temp_schema() <> 0 then 'temporary tables' end,
            case when exists (select from pg_cursors where name <> '') then 'cursors' end,
            case when exists (select from pg_locks where pid = pg_backend_pid() and locktype = 'advisory') then 'advisory locks' end,
            (select 'session settings ' || string_agg(name, ' ') from pg_settings where source = 'session' and name <> 'transaction_isolation'),
            case when exists (select from pooled.todos) or exists (select from platform.teams) then 'rows without a context' end)
        """;

    /// <summary>So many connections of the pool at the same time: all of them when it has no more.</summary>
    public static async Task ProbeAsync(NpgsqlDataSource pool, int count, Tally tally)
    {
        var leased = new List<NpgsqlConnection>();
        try
        {
            while (leased.Count < count)
                leased.Add(await pool.OpenConnectionAsync());

            foreach (var connection in leased)
            {
                var traces = await FindTracesAsync(connection);
                tally.Count(Figure.Probes);

                if (traces.Length > 0)
                    tally.Find(Figure.DirtyConnections, traces);
            }
        }
        finally
        {
            foreach (var connection in leased)
                await connection.DisposeAsync();
        }
    }

    /// <summary>What the former lessee left behind; empty when nothing.</summary>
    public static async Task<string> FindTracesAsync(NpgsqlConnection connection)
    {
        await using var clock = new NpgsqlCommand("select clock_timestamp()", connection);
        await using var traces = new NpgsqlCommand(Traces, connection)
        {
            Parameters = { new() { Value = await clock.ExecuteScalarAsync() } },
        };

        return (string)(await traces.ExecuteScalarAsync())!;
    }
}
