using Npgsql;
using NpgsqlTypes;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>What the ledger says about schemas that are behind this release. Connections are tp_owner's.</summary>
internal sealed class PendingSchemas(TenantPlaneSteps steps)
{
    private const string Behind = "applied_migration = any($1)";
    private const string Pending = $"{Behind} and error is null";

    /// <summary>Whether there is anything to do: one query, however many schemas there are.</summary>
    public async Task<LedgerState> CountAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            select count(*) filter (where {Pending}), count(*) filter (where {Behind} and error is not null),
                   min(applied_migration) filter (where applied_migration <> $2 and not {Behind})
            from platform.tenant_schemas
            """;
        await using var query = Query(Sql, owner, new NpgsqlParameter { Value = steps.Latest });
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return new((int)rows.GetInt64(0), (int)rows.GetInt64(1), rows.IsDBNull(2) ? null : rows.GetString(2));
    }

    /// <summary>The first wave that is not finished, whoever works on it; null when nothing is pending.</summary>
    public async Task<int?> LowestWaveAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var query = Query($"select min(wave) from platform.tenant_schemas where {Pending}", owner);
        return await query.ExecuteScalarAsync(cancellationToken) as int?;
    }

    public async Task<string[]> NamesAsync(NpgsqlConnection owner, int wave, CancellationToken cancellationToken)
    {
        await using var query = Query(
            $"select name from platform.tenant_schemas where {Pending} and wave = $2", owner, new NpgsqlParameter { Value = wave });
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();

        while (await rows.ReadAsync(cancellationToken))
        {
            names.Add(rows.GetString(0));
        }

        return [.. names];
    }

    /// <summary>Every schema that waits and is not in quarantine.</summary>
    public async Task<IReadOnlyList<Claim>> ListAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var query = Query($"select name, tenant_id, applied_migration from platform.tenant_schemas where {Pending} order by name", owner);
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var pending = new List<Claim>();

        while (await rows.ReadAsync(cancellationToken))
        {
            pending.Add(new(rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetGuid(1), rows.GetString(2)));
        }

        return pending;
    }

    /// <summary>Takes a schema until the transaction ends; null if another worker has it, or if it is no longer pending.</summary>
    public async Task<Claim?> ClaimAsync(NpgsqlConnection owner, string name, CancellationToken cancellationToken)
    {
        await using var query = Query(
            $"select tenant_id, applied_migration from platform.tenant_schemas where {Pending} and name = $2 for update skip locked",
            owner,
            new NpgsqlParameter { Value = name });
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? new(name, rows.IsDBNull(0) ? null : rows.GetGuid(0), rows.GetString(1))
            : null;
    }

    /// <summary>Those in quarantine, by name.</summary>
    public async Task<IReadOnlyList<Quarantined>> QuarantinedAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var query = Query(
            $"""
            select s.name, s.tenant_id, t.slug, s.error, s.failures, s.wave, s.canary
            from platform.tenant_schemas s left join platform.tenants t on t.id = s.tenant_id
            where s.{Behind} and s.error is not null order by s.name
            """,
            owner);
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var quarantined = new List<Quarantined>();

        while (await rows.ReadAsync(cancellationToken))
        {
            quarantined.Add(new(
                rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetGuid(1), rows.IsDBNull(2) ? null : rows.GetString(2),
                rows.GetString(3), rows.GetInt32(4), rows.GetInt32(5), rows.GetBoolean(6)));
        }

        return quarantined;
    }

    /// <summary>Lets schemas out of quarantine, to be migrated last.</summary>
    /// <param name="tenantId">Whose; null for all.</param>
    public async Task<int> ReleaseAsync(NpgsqlConnection owner, Guid? tenantId, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            update platform.tenant_schemas
            set error = null, failures = 0, updated = now(),
                wave = coalesce((select max(wave) from platform.tenant_schemas where {Pending}), 0)
            where {Behind} and error is not null and ($2 is null or tenant_id = $2)
            """;
        await using var update = Query(Sql, owner, new NpgsqlParameter { Value = (object?)tenantId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await update.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Query(string sql, NpgsqlConnection owner, params NpgsqlParameter[] further)
    {
        var command = new NpgsqlCommand(sql, owner) { Parameters = { new() { Value = steps.Earlier } } };
        command.Parameters.AddRange(further);
        return command;
    }
}

/// <summary>What there is to do.</summary>
/// <param name="Foreign">A migration that this release does not know, if some schema has had one.</param>
internal sealed record LedgerState(int Pending, int Quarantined, string? Foreign)
{
    /// <exception cref="InvalidOperationException">Another build has been at work here, which this one would undo or miss.</exception>
    public void Require()
    {
        if (Foreign is not null)
        {
            throw new InvalidOperationException(
                $"A schema in platform.tenant_schemas has had migration {Foreign}, which was applied by another build: use that build, or a newer one.");
        }
    }
}

/// <summary>A schema that is behind, and the last migration that it has had.</summary>
internal sealed record Claim(string Schema, Guid? TenantId, string Applied);

internal sealed record Quarantined(string Schema, Guid? TenantId, string? Slug, string Error, int Failures, int Wave, bool Canary);
