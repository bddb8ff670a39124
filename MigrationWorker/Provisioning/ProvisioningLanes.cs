using System.Collections.Concurrent;

namespace TenantPlatform.MigrationWorker.Provisioning;

/// <summary>Several connections at once that work off the queue until nobody waits. Other processes may do the same: each tenant is claimed by one.</summary>
internal sealed class ProvisioningLanes(Roles roles, TenantProvisioner provisioner)
{
    /// <param name="failedBefore">See <see cref="ProvisioningQueue.ClaimAsync"/>.</param>
    /// <param name="report">Called for each tenant as soon as it is done, one call at a time.</param>
    public async Task DrainAsync(int connections, DateTimeOffset? failedBefore, Action<ProvisionedTenant> report, CancellationToken cancellationToken)
    {
        // The first to fail ends the others: what stops one lane is not a tenant's own failure.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reporting = new Lock();
        var failures = new ConcurrentQueue<Exception>();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => DriveAsync()));

        if (failures.TryDequeue(out var first))
        {
            throw first;
        }

        async Task DriveAsync()
        {
            try
            {
                await using var owner = await roles.OpenOwnerAsync(stop.Token);

                while (await provisioner.ProvisionNextAsync(owner, failedBefore, stop.Token) is { } tenant)
                {
                    lock (reporting)
                    {
                        report(tenant);
                    }
                }
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
                await stop.CancelAsync();
            }
        }
    }
}
