using Microsoft.Extensions.Options;
using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.MigrationWorker.Schemas;
using TenantPlatform.MigrationWorker.Tenants;

namespace TenantPlatform.MigrationWorker.Verbs.Apply;

/// <summary>apply, and what the worker does without a verb: everything shared first, under the worker lock, then each schema that is behind.</summary>
internal static class ApplyVerb
{
    private const int NamedAtMost = 20;

    public static Task<int> RunAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        RunAsync(services, new ApplyRequest(null, false, null, false), cancellationToken);

    public static async Task<int> RunAsync(IServiceProvider services, ApplyRequest request, CancellationToken cancellationToken)
    {
        using var run = DatabaseSetup.Activities.StartActivity("migrate database");
        try
        {
            await services.GetRequiredService<DatabaseSetup>().RunAsync(verify: true, cancellationToken);
            var waves = Waves(services, request.Parallel);

            if (request.Retry && await ReleaseAsync(services, waves, request.Tenant, cancellationToken) is { } refusal)
            {
                await Console.Error.WriteLineAsync(refusal);
                return ApplyOutcome.Failure;
            }

            var outcome = await waves.RunAsync(new ApplyProgress(Console.Error, !Console.IsErrorRedirected), cancellationToken);
            await ReportAsync(outcome, request.Json);
            return outcome.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped half way, as it was told to. What is done is done: run 'apply' again to go on.");
            return ApplyOutcome.Failure;
        }
    }

    private static SchemaWaves Waves(IServiceProvider services, int? parallel)
    {
        var options = services.GetRequiredService<IOptions<ApplyOptions>>().Value;
        options.Parallel = parallel ?? options.Parallel;
        return new(
            services.GetRequiredService<Roles>().OwnerConnectionString(),
            services.GetRequiredService<TenantPlaneSteps>(),
            options,
            services.GetRequiredService<ILogger<SchemaWaves>>());
    }

    // Returns why nothing can be tried again.
    private static async Task<string?> ReleaseAsync(IServiceProvider services, SchemaWaves waves, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            await waves.ReleaseAsync(null, cancellationToken);
            return null;
        }

        await using var owner = await services.GetRequiredService<Roles>().OpenOwnerAsync(cancellationToken);
        return await TenantReference.FindAsync(owner, name, cancellationToken) switch
        {
            null => TenantReference.Unknown(name),
            var tenant when await waves.ReleaseAsync(tenant.Id, cancellationToken) == 0 =>
                $"Tenant {tenant.Slug} has no schema in quarantine that this release could migrate: 'status' lists those that do.",
            _ => null,
        };
    }

    private static async Task ReportAsync(ApplyOutcome outcome, bool json)
    {
        if (json)
        {
            Json.Write(outcome);
        }
        else if (outcome.Migrated > 0)
        {
            Console.WriteLine($"{outcome.Migrated} schema(s) were brought to {outcome.Release}.");
        }

        if (outcome.Stopped is { } reason)
        {
            await Console.Error.WriteLineAsync($"Stopped: {reason} {outcome.Pending} schema(s) wait, as they were. Mend the cause, then run 'apply --retry'.");
        }
        else if (outcome.Quarantined.Count > 0)
        {
            await Console.Error.WriteLineAsync(
                $"{outcome.Quarantined.Count} schema(s) are in quarantine and stay as they were; all others are done. Mend the cause, then run 'apply --retry', or 'apply --retry <tenant>':");
        }

        foreach (var schema in outcome.Quarantined.Take(NamedAtMost))
        {
            await Console.Error.WriteLineAsync($"  {schema.Slug ?? "nobody's"} ({schema.Schema}): {schema.Error}");
        }

        if (outcome.Quarantined.Count > NamedAtMost)
        {
            await Console.Error.WriteLineAsync($"  and {outcome.Quarantined.Count - NamedAtMost} more: 'status' lists them");
        }
    }
}
