using TenantPlatform.Data.Tenancy;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>Rows are copied column by column as this build knows them, so both sides must have had its migrations and no others.</summary>
internal sealed class SameTables(TenantPlaneSteps steps)
{
    /// <summary>Until the transaction ends, no worker migrates either side.</summary>
    /// <exception cref="MoveRefusedException">Another build has migrated, or one has not yet.</exception>
    public async Task RequireAsync(MoverSession session, Guid tenantId, CancellationToken cancellationToken)
    {
        await WorkerLock.ShareAsync(session.Connection, cancellationToken);
        var pooled = await session.ScalarAsync<string>("select max(\"MigrationId\") from pooled.migrations_history", [], cancellationToken);
        Require($"The {TenantPlacement.Pooled} plane", pooled);
        var own = await session.ScalarAsync<string>(
            "select applied_migration from platform.tenant_schemas where tenant_id = $1 for share", [tenantId], cancellationToken);

        if (own is not null)
        {
            Require("The tenant's own schema", own);
        }
    }

    private void Require(string side, string? applied)
    {
        if (applied != steps.Latest)
        {
            throw new MoveRefusedException(
                $"{side} is migrated up to {applied ?? "nothing"} and this build knows {steps.Latest}: run this build's worker without a verb first, or move with the build that migrated.");
        }
    }
}
