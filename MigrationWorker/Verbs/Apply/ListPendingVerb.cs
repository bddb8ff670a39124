using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Verbs.Apply;

/// <summary>list-pending: every migration that is to come and every schema that waits for one, a line each.</summary>
internal static class ListPendingVerb
{
    public static async Task<int> RunAsync(IServiceProvider services, bool json, CancellationToken cancellationToken)
    {
        var steps = services.GetRequiredService<TenantPlaneSteps>();
        await using var installation = await Installation.ReadAsync(services.GetRequiredService<Roles>(), cancellationToken);
        var schemas = installation.Owner is { } owner ? await new PendingSchemas(steps).ListAsync(owner, cancellationToken) : [];

        if (json)
        {
            Json.Write(new { release = steps.Latest, platform = installation.Platform, pooled = installation.Pooled, schemas });
            return ApplyOutcome.Success;
        }

        foreach (var migration in installation.Platform)
        {
            Console.WriteLine($"platform  {migration}");
        }

        foreach (var migration in installation.Pooled)
        {
            Console.WriteLine($"pooled  {migration}");
        }

        foreach (var schema in schemas)
        {
            Console.WriteLine($"{schema.Schema}  {string.Join(", ", steps.After(schema.Applied).Select(step => step.Id))}");
        }

        return ApplyOutcome.Success;
    }
}
