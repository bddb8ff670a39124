using Npgsql;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>Counts of the whole installation, and what in it needs somebody.</summary>
/// <param name="Release">The last migration of the tenant plane that this build knows.</param>
/// <param name="Provisioning">Tenants that wait for their schema.</param>
/// <param name="Ready">Schemas of tenants that have it.</param>
/// <param name="Behind">Schemas, spare ones too, that wait for a migration and are not in quarantine.</param>
internal sealed record InstallationStatus(
    string Release, bool PooledIsReady, long Pooled, long Dedicated, long Provisioning, long Ready, long Behind, long Spares,
    IReadOnlyList<SchemaInQuarantine> Quarantined, IReadOnlyList<MoveUnderWay> Moves)
{
    private const string Sql = """
        select (select count(*) from platform.tenants where placement = 'pooled' and deleted is null),
               (select count(*) from platform.tenants where placement = 'dedicated' and status <> 'provisioning' and deleted is null),
               (select count(*) from platform.tenants where status = 'provisioning' and deleted is null),
               count(*) filter (where applied_migration = $1 and error is null and tenant_id is not null),
               count(*) filter (where applied_migration is distinct from $1 and error is null),
               count(*) filter (where tenant_id is null)
        from platform.tenant_schemas;
        """;

    private const string Quarantine = """
        select s.name, t.slug, s.error, s.failures from platform.tenant_schemas s left join platform.tenants t on t.id = s.tenant_id
        where s.error is not null order by s.name;
        """;

    private const string MovesUnderWay = """
        select t.slug, m.target, m.phase, m.error from platform.tenant_moves m join platform.tenants t on t.id = m.tenant_id
        where m.finished is null order by m.created;
        """;

    /// <param name="owner">tp_owner's connection.</param>
    public static async Task<InstallationStatus> ReadAsync(
        NpgsqlConnection owner, string release, bool pooledIsReady, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(owner)
        {
            BatchCommands = { new(Sql) { Parameters = { new() { Value = release } } }, new(Quarantine), new(MovesUnderWay) },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var counts = Enumerable.Range(0, 6).Select(rows.GetInt64).ToArray();
        var quarantined = await NextAsync(
            rows, () => new SchemaInQuarantine(rows.GetString(0), Text(rows, 1), rows.GetString(2), rows.GetInt32(3)), cancellationToken);
        var moves = await NextAsync(
            rows, () => new MoveUnderWay(rows.GetString(0), rows.GetString(1), rows.GetString(2), Text(rows, 3)), cancellationToken);
        return new(release, pooledIsReady, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], quarantined, moves);
    }

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader rows, Func<T> read, CancellationToken cancellationToken)
    {
        await rows.NextResultAsync(cancellationToken);
        var all = new List<T>();

        while (await rows.ReadAsync(cancellationToken))
        {
            all.Add(read());
        }

        return all;
    }

    private static string? Text(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
}

/// <param name="Slug">The tenant's; null for a spare schema.</param>
internal sealed record SchemaInQuarantine(string Schema, string? Slug, string Error, int Failures);

internal sealed record MoveUnderWay(string Slug, string Target, string Phase, string? Error);
