using Microsoft.Extensions.Options;
using Npgsql;
using TenantPlatform.Data.Schema;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Provisioning;

/// <summary>Schemas that were built before anybody asked: giving one to a tenant takes milliseconds.</summary>
internal sealed class SparePool(
    SchemaBuilder builder, TenantPlaneSteps steps, SchemaComparison comparison, DatabaseReadiness readiness, IOptions<ProvisioningOptions> options,
    ILogger<SparePool> logger)
{
    // "tpspares" in ASCII. One provisioner at a time counts and builds, or each would make up what is missing.
    private const long Key = 0x7470737061726573;

    /// <summary>A spare that is like pooled, claimed until the transaction ends; null when there is none to be had.</summary>
    public Task<string?> ClaimAsync(NpgsqlConnection owner, CancellationToken cancellationToken) =>
        SchemaLedger.ClaimSpareAsync(owner, steps.Latest, cancellationToken);

    /// <summary>
    /// One step towards at least as many spares as configured, all like pooled: a drop or a build. False when nothing is to be done.
    /// More are left alone, as those of tenants that moved away: they are built already.
    /// </summary>
    public Task<bool> KeepAsync(NpgsqlConnection owner, CancellationToken cancellationToken) => LockRetry.RunAsync(
        owner,
        async cancel =>
        {
            await readiness.RequireAsync(owner, cancel);

            if (!await ExecuteAsync<bool>(owner, "select pg_try_advisory_xact_lock($1)", Key, cancel))
            {
                return false;
            }

            var missing = options.Value.Spares - await ExecuteAsync<int>(
                owner, "select count(*)::int from platform.tenant_schemas where tenant_id is null and applied_migration = $1 and error is null", steps.Latest, cancel);

            if (await FindUselessAsync(owner, cancel) is { } useless)
            {
                await DropAsync(owner, useless, cancel);
                return true;
            }

            if (missing > 0)
            {
                await BuildAsync(owner, cancel);
            }

            return missing > 0;
        },
        cancellationToken);

    // Those that a worker is migrating at this moment are locked, and so left to it.
    private Task<string?> FindUselessAsync(NpgsqlConnection owner, CancellationToken cancellationToken) => FindAsync(
        owner,
        """
        select name from platform.tenant_schemas
        where tenant_id is null and (applied_migration <> $1 or error is not null)
        order by created limit 1 for update skip locked
        """,
        steps.Latest,
        cancellationToken);

    private async Task DropAsync(NpgsqlConnection owner, string spare, CancellationToken cancellationToken)
    {
        await SchemaBuilder.DropAsync(owner, spare, cancellationToken);
        await SchemaLedger.RemoveAsync(owner, spare, cancellationToken);
        logger.LogInformation("Dropped the spare schema {Schema}", spare);
    }

    private async Task BuildAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        var spare = $"spare_{TenantKey.Generate()}";
        await builder.BuildAsync(owner, spare, null, cancellationToken);
        var differences = await comparison.FindDifferencesAsync(owner, spare, null, cancellationToken);

        if (differences.Count > 0)
        {
            throw new SchemaMismatchException(differences);
        }

        await SchemaLedger.AddAsync(owner, spare, null, steps.Latest, cancellationToken);
        logger.LogInformation("Built the spare schema {Schema}", spare);
    }

    private static async Task<string?> FindAsync(NpgsqlConnection owner, string sql, string latest, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(sql, owner) { Parameters = { new() { Value = latest } } };
        return await query.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static async Task<T> ExecuteAsync<T>(NpgsqlConnection owner, string sql, object value, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(sql, owner) { Parameters = { new() { Value = value } } };
        return (T)(await query.ExecuteScalarAsync(cancellationToken))!;
    }
}
