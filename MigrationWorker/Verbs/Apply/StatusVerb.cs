using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Verbs.Apply;

/// <summary>status: where the tenants are, and which of their schemas are not as they should be. Ends with 3 if some are in quarantine.</summary>
internal static class StatusVerb
{
    public static async Task<int> RunAsync(IServiceProvider services, bool json, CancellationToken cancellationToken)
    {
        var steps = services.GetRequiredService<TenantPlaneSteps>();
        await using var installation = await Installation.ReadAsync(services.GetRequiredService<Roles>(), cancellationToken);

        if (installation.Owner is not { } owner)
        {
            await Console.Error.WriteLineAsync("The control plane has not been brought to this release: run 'apply' first, or 'plan' to see what it would do.");
            return ApplyOutcome.Failure;
        }

        var status = await InstallationStatus.ReadAsync(owner, steps.Latest, installation.Pooled.Count == 0, cancellationToken);

        if (json)
        {
            Json.Write(status);
        }
        else
        {
            Print(status);
        }

        return status.Quarantined.Count > 0 ? ApplyOutcome.SomeInQuarantine : ApplyOutcome.Success;
    }

    private static void Print(InstallationStatus status)
    {
        Console.WriteLine($"release        {status.Release}{(status.PooledIsReady ? "" : " (pooled is behind)")}");
        Console.WriteLine($"tenants        {status.Pooled} pooled, {status.Dedicated} with a schema of their own, {status.Provisioning} waiting for theirs");
        Console.WriteLine($"own schemas    {status.Ready} ready, {status.Behind} behind, {status.Quarantined.Count} in quarantine, {status.Spares} spare");
        Console.WriteLine($"moves          {status.Moves.Count} under way");

        foreach (var move in status.Moves)
        {
            Console.WriteLine($"  {move.Slug} to {move.Target}: {move.Phase}{(move.Error is null ? "" : $": {move.Error}")}");
        }

        foreach (var schema in status.Quarantined)
        {
            Console.WriteLine($"  {schema.Slug ?? "nobody's"} ({schema.Schema}), failed {schema.Failures} time(s): {schema.Error}");
        }
    }
}
