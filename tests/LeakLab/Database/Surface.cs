using Npgsql;

namespace TenantPlatform.LeakLab.Database;

/// <summary>
/// Whatever else tp_app can see in the database: relations that the model does not know, such as views, and functions. None of
/// them may answer with anything that carries an id of the victim.
/// </summary>
internal sealed record Surface(string Target, string Action, string Sql)
{
    // Keys are nobody's rows, so any row is one too many.
    private const string Query = """
        select n.nspname || '.' || c.relname, 'read',
               format('select count(*) from %I.%I r where %s', n.nspname, c.relname, case n.nspname when 'tenancy' then 'true' else 'r::text like any ($1)' end)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          and n.nspname || '.' || c.relname <> all ($2)
          and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        union all
        select p.oid::regprocedure::text, 'call',
               format('select count(*) from %I.%I(%s) r where r::text like any ($1)', n.nspname, p.proname, (
                   select coalesce(string_agg(case t.typname when 'uuid' then quote_literal($3) || '::uuid' when 'text' then quote_literal($3) || '::text'
                       else 'null::' || format_type(t.oid, null) end, ', ' order by a.position), '')
                   from unnest(p.proargtypes) with ordinality a (type, position) join pg_type t on t.oid = a.type))
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prokind = 'f' and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
          and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
        order by 1
        """;

    public static IReadOnlyList<string> Attacks { get; } = ["no context", "another tenant"];

    public Cell Cell(string attack) => new(Target, Action, attack);

    public static async Task<IReadOnlyList<Surface>> FindAsync(NpgsqlDataSource app, Party victim, CancellationToken cancellationToken)
    {
        await using var command = app.CreateCommand(Query);
        command.Parameters.Add(new() { Value = Array.Empty<string>() });
        command.Parameters.Add(new() { Value = Fixtures.Rows.ModelTables.All.Select(Fixtures.Rows.ModelTables.Qualified).ToArray() });
        command.Parameters.Add(new() { Value = victim.TenantId.ToString() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Surface>();

        while (await reader.ReadAsync(cancellationToken))
            found.Add(new Surface(reader.GetString(0), reader.GetString(1), reader.GetString(2)));

        return found;
    }

    /// <param name="victimsIds">What gives a row away as the victim's.</param>
    public async Task<Verdict> RunAsync(Bench bench, Entry entry, string[] victimsIds, CancellationToken cancellationToken)
    {
        await using var connection = await bench.Raw.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await entry.EnterAsync(connection, cancellationToken);
            await using var command = new NpgsqlCommand(Sql, connection);
            if (Sql.Contains("$1", StringComparison.Ordinal))
                command.Parameters.Add(new() { Value = victimsIds.Select(id => $"%{id}%").ToArray() });

            var rows = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            return rows > 0 ? new Verdict.Leaked($"{rows} rows with ids of the victim") : new Verdict.Held("0 rows");
        }
        catch (PostgresException e)
        {
            return e.SqlState == PostgresErrorCodes.InsufficientPrivilege
                ? new Verdict.Held($"{e.SqlState} {e.MessageText}")
                : new Verdict.NotRun($"{Target} takes other arguments than the lab gives it: {e.MessageText}");
        }
    }
}
