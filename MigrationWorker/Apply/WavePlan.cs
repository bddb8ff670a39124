using Npgsql;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>
/// Who is migrated when: wave 0 has the canaries (the tenants flagged as such, else the first one) and the spare schemas, which are
/// nobody's; all others follow in waves of growing size. Connections are tp_owner's.
/// </summary>
internal sealed class WavePlan(TenantPlaneSteps steps, ApplyOptions options)
{
    // $1: migrations of schemas that are behind; $2: ends of the waves from 1 on.
    private const string Assignment = """
        with pending as (
            select name, tenant_id is null as spare, canary,
                   not exists (select from platform.tenant_schemas where canary and applied_migration = any($1)) as unflagged
            from platform.tenant_schemas where applied_migration = any($1) and error is null
        ),
        ranked as (
            select name, canary or spare or (unflagged and row_number() over (partition by spare order by name) = 1) as first from pending
        ),
        assigned as (
            select name, case when first then 0
                else 1 + width_bucket(row_number() over (partition by first order by name) - 1, $2::bigint[]) end as wave
            from ranked
        )
        """;

    // Later than all waves that anybody waits for.
    private const int NotInRun = int.MaxValue;

    /// <summary>Puts down the wave of each schema that is behind; those in quarantine are in none.</summary>
    public Task AssignAsync(NpgsqlConnection owner, int pending, CancellationToken cancellationToken) => RunAsync(
        owner,
        $"""
        {Assignment}
        update platform.tenant_schemas s set wave = coalesce(a.wave, {NotInRun})
        from platform.tenant_schemas b left join assigned a using (name)
        where s.name = b.name and b.applied_migration = any($1) and s.wave <> coalesce(a.wave, {NotInRun})
        """,
        pending,
        command => command.ExecuteNonQueryAsync(cancellationToken));

    /// <summary>The same without putting it down.</summary>
    /// <param name="names">How many of each wave to name.</param>
    public Task<IReadOnlyList<PlannedWave>> PreviewAsync(NpgsqlConnection owner, int pending, int names, CancellationToken cancellationToken) => RunAsync(
        owner,
        $"{Assignment} select wave, count(*), (array_agg(name order by name))[:{names}] from assigned group by wave order by wave",
        pending,
        async command =>
        {
            var waves = new List<PlannedWave>();
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);

            while (await rows.ReadAsync(cancellationToken))
            {
                waves.Add(new(rows.GetInt32(0), (int)rows.GetInt64(1), rows.GetFieldValue<string[]>(2)));
            }

            return (IReadOnlyList<PlannedWave>)waves;
        });

    private async Task<T> RunAsync<T>(NpgsqlConnection owner, string sql, int pending, Func<NpgsqlCommand, Task<T>> run)
    {
        await using var command = new NpgsqlCommand(sql, owner)
        {
            Parameters = { new() { Value = steps.Earlier }, new() { Value = options.WaveEnds(pending) } },
        };
        return await run(command);
    }
}

internal sealed record PlannedWave(int Wave, int Schemas, IReadOnlyList<string> First);
