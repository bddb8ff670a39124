using Microsoft.Extensions.Options;
using Npgsql;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.MigrationWorker.Apply;

namespace TenantPlatform.MigrationWorker.Provisioning;

/// <summary>Provisions as tenants come, hearing of them by a notification and looking by itself now and then, until it is told to stop.</summary>
internal sealed class ProvisioningLoop(
    Roles roles, TenantProvisioner provisioner, ProvisioningLanes lanes, SparePool spares, IOptions<ProvisioningOptions> options, TimeProvider time,
    ILogger<ProvisioningLoop> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly TimeSpan poll = TimeSpan.FromSeconds(options.Value.PollSeconds);
    private TimeSpan pause = FirstPause;
    private string? obstacle;

    /// <summary>Returns when it is cancelled. A database that does not answer is waited for; what nobody expected is thrown.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellationToken);
            }
            catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or NpgsqlException)
            {
                logger.LogInformation("Told to stop");
            }
            catch (Exception e) when (ProvisioningFailure.IsOfServer(e))
            {
                logger.LogWarning("The database cannot be used, trying again in {Pause:0.##} s: {Reason}", pause.TotalSeconds, e.GetBaseException().Message);
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var owner = await roles.OpenOwnerAsync(cancellationToken);
        var called = false;
        owner.Notification += (_, _) => called = true;
        await using var listen = new NpgsqlCommand($"listen {TenantProvisioning.Channel}", owner);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        logger.LogInformation("Waiting for tenants to provision");

        while (true)
        {
            called = false;
            await WorkAsync(owner, cancellationToken);
            pause = FirstPause;

            // A call that came during the work may be of a tenant that the work did not see.
            if (!called)
            {
                await owner.WaitAsync(poll, cancellationToken);
            }
        }
    }

    private async Task WorkAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        try
        {
            await HelpAsync(owner, cancellationToken);

            // Spares one by one, as a tenant may come meanwhile and goes first.
            while (await provisioner.ProvisionNextAsync(owner, null, cancellationToken) is not null || await spares.KeepAsync(owner, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            obstacle = null;
        }
        catch (DatabaseNotReadyException e)
        {
            if (e.Message != obstacle)
            {
                logger.LogWarning("Waiting: {Reason}", e.Message);
            }

            obstacle = e.Message;
        }
        catch (Exception e) when (e is SchemaMismatchException || Faults.Judge(e) is Fault.Busy)
        {
            logger.LogError("No spare schema can be made, so tenants have to wait for theirs to be built: {Reason}", e.Message);
        }
    }

    // Connections of their own take longer to open than one tenant takes.
    private async Task HelpAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        if (options.Value.Connections > 1 && await CountAsync(owner, cancellationToken) is > 1 and var waiting)
        {
            await lanes.DrainAsync(Math.Min(waiting, options.Value.Connections), null, _ => { }, cancellationToken);
        }
    }

    // There is no queue yet in a database that was never migrated; whoever takes from it says so.
    private static async Task<int> CountAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        try
        {
            return await ProvisioningQueue.CountAsync(owner, null, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn)
        {
            return 0;
        }
    }
}
