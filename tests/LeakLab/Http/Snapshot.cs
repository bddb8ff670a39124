using System.Text.RegularExpressions;
using Npgsql;

namespace TenantPlatform.LeakLab.Http;

/// <summary>Every row that belongs to a party, as text: what it must keep, and what nobody else may read.</summary>
internal sealed partial class Snapshot(Party party, IReadOnlyList<string> rows)
{
    private readonly IReadOnlyList<string> rows = rows;

    /// <summary>Its ids and marks.</summary>
    public IReadOnlySet<string> Secrets =>
        rows.SelectMany(row => Uuid().Matches(row)).Select(match => match.Value).Append(party.Marker).Append(party.Secret).Append(party.Key).ToHashSet();

    /// <summary>A row that only one of them has, or null.</summary>
    public string? DifferenceFrom(Snapshot later) =>
        rows.Except(later.rows).Select(row => $"gone or changed: {row}")
            .Concat(later.rows.Except(rows).Select(row => $"new: {row}")).FirstOrDefault();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}

/// <summary>Reads snapshots from every table of the live catalog that names a tenant or a user.</summary>
internal sealed class SnapshotReader
{
    private const string TablesQuery = """
        select format('select %L || x::text from %I.%I x where %s', n.nspname || '.' || c.relname || ' ', n.nspname, c.relname, string_agg(
            format('%I = any(%s)', a.attname, case when a.attname = 'tenant_id' or c.relname = 'tenants' then '$1' else '$2' end), ' or '))
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
        where c.relkind in ('r', 'p') and n.nspname in ('platform', 'pooled') and c.relname <> 'migrations_history'
          and (a.attname = 'tenant_id' or (a.attname = 'id' and c.relname in ('tenants', 'users')) or (a.attname = 'user_id' and not exists (
              select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id' and t.attnotnull)))
        group by n.nspname, c.relname
        """;

    private readonly NpgsqlDataSource admin;
    private readonly string query;

    private SnapshotReader(NpgsqlDataSource admin, string query) => (this.admin, this.query) = (admin, query);

    public static async Task<SnapshotReader> CreateAsync(NpgsqlDataSource admin, CancellationToken cancellationToken)
    {
        await using var tables = admin.CreateCommand(TablesQuery);
        return new SnapshotReader(admin, string.Join("\nunion all\n", await RowsAsync(tables, cancellationToken)));
    }

    public async Task<Snapshot> ReadAsync(Party party, CancellationToken cancellationToken)
    {
        await using var command = admin.CreateCommand(query);
        command.Parameters.Add(new NpgsqlParameter { Value = new[] { party.TenantId, party.SecondTenantId } });
        command.Parameters.Add(new NpgsqlParameter { Value = party.Everybody.Select(person => person.UserId).ToArray() });
        return new Snapshot(party, await RowsAsync(command, cancellationToken));
    }

    private static async Task<List<string>> RowsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();

        while (await reader.ReadAsync(cancellationToken))
            rows.Add(reader.GetString(0));

        return rows;
    }
}
