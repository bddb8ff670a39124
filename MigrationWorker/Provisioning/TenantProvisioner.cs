using System.Diagnostics;
using Npgsql;
using TenantPlatform.Data.Schema;
using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Provisioning;

/// <summary>Gives a waiting tenant its schema, proves it and lets the tenant's people in: all in one transaction, so a failure or a crash leaves nothing.</summary>
internal sealed class TenantProvisioner(
    SchemaBuilder builder, TenantPlaneSteps steps, SparePool spares, SchemaComparison comparison, DatabaseReadiness readiness,
    ILogger<TenantProvisioner> logger)
{
    /// <summary>Null when nobody waits. A failure of the tenant's own is written into the ledger and returned; all others are thrown.</summary>
    /// <param name="failedBefore">See <see cref="ProvisioningQueue.ClaimAsync"/>.</param>
    /// <exception cref="DatabaseNotReadyException">The database is not migrated to this build, or just being migrated.</exception>
    public async Task<ProvisionedTenant?> ProvisionNextAsync(NpgsqlConnection owner, DateTimeOffset? failedBefore, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var attempt = new Attempt();
        try
        {
            await LockRetry.RunAsync(owner, cancel => TryAsync(owner, attempt, failedBefore, cancel), cancellationToken);
        }
        catch (Exception e) when (attempt.Tenant is not null && ProvisioningFailure.IsOfTenant(e))
        {
            return await RecordAsync(owner, attempt, e, cancellationToken);
        }

        if (attempt.Tenant is not { } tenant)
        {
            return null;
        }

        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        logger.LogInformation("Tenant {Tenant} is active: its schema was {How} in {Milliseconds:0} ms", tenant.Key, attempt.Spare is null ? "built" : "ready", took);
        return new(tenant.Key, attempt.Spare is not null, took, null);
    }

    private async Task<bool> TryAsync(NpgsqlConnection owner, Attempt attempt, DateTimeOffset? failedBefore, CancellationToken cancellationToken)
    {
        (attempt.Tenant, attempt.Spare) = (null, null);
        await readiness.RequireAsync(owner, cancellationToken);

        if (await ProvisioningQueue.ClaimAsync(owner, failedBefore, cancellationToken) is not { } tenant)
        {
            return false;
        }

        attempt.Tenant = tenant;
        using var activity = DatabaseSetup.Activities.StartActivity("provision tenant")?.SetTag("tenant.id", tenant.Id.ToString());
        var schema = SchemaLedger.NameFor(tenant.Key);
        attempt.Spare = await spares.ClaimAsync(owner, cancellationToken);
        await SchemaLedger.RemoveAsync(owner, schema, cancellationToken);
        await (attempt.Spare is null ? BuildAsync(owner, schema, tenant, cancellationToken) : AdoptAsync(owner, attempt.Spare, schema, tenant, cancellationToken));
        await VerifyAsync(owner, schema, tenant, cancellationToken);
        await ProvisioningQueue.ActivateAsync(owner, tenant, cancellationToken);
        return true;
    }

    private async Task BuildAsync(NpgsqlConnection owner, string schema, QueuedTenant tenant, CancellationToken cancellationToken)
    {
        await builder.BuildAsync(owner, schema, tenant.Id, cancellationToken);
        await SchemaLedger.AddAsync(owner, schema, tenant.Id, steps.Latest, cancellationToken);
    }

    private static async Task AdoptAsync(NpgsqlConnection owner, string spare, string schema, QueuedTenant tenant, CancellationToken cancellationToken)
    {
        await SchemaBuilder.AdoptAsync(owner, spare, schema, tenant.Id, cancellationToken);
        await SchemaLedger.AdoptAsync(owner, spare, schema, tenant.Id, cancellationToken);
    }

    private async Task VerifyAsync(NpgsqlConnection owner, string schema, QueuedTenant tenant, CancellationToken cancellationToken)
    {
        var differences = await comparison.FindDifferencesAsync(owner, schema, tenant.Id, cancellationToken);

        if (differences.Count > 0)
        {
            throw new SchemaMismatchException(differences);
        }
    }

    // A spare at fault is nobody's fault who got it: the tenant's next attempt, at once, does without it.
    private async Task<ProvisionedTenant> RecordAsync(NpgsqlConnection owner, Attempt attempt, Exception failure, CancellationToken cancellationToken)
    {
        var (tenant, error) = (attempt.Tenant!, failure.Message);

        if (attempt.Spare is { } spare && Faults.Judge(failure) is not Fault.Busy)
        {
            await SchemaLedger.QuarantineAsync(owner, spare, steps.Latest, error, cancellationToken);
            logger.LogWarning("The spare schema {Schema} is not used any more: {Reason}", spare, error);
        }
        else
        {
            await ProvisioningQueue.RecordFailureAsync(owner, tenant, error, cancellationToken);
            logger.LogError("Tenant {Tenant} got no schema, and waits for the next attempt: {Reason}", tenant.Key, error);
        }

        return new(tenant.Key, attempt.Spare is not null, 0, error);
    }

    private sealed class Attempt
    {
        public QueuedTenant? Tenant { get; set; }

        public string? Spare { get; set; }
    }
}

/// <param name="Adopted">Whether a spare schema was used.</param>
/// <param name="Error">Null when the tenant is active.</param>
internal sealed record ProvisionedTenant(string Key, bool Adopted, double Milliseconds, string? Error);
