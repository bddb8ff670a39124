using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>schema guards: migrates the configured database without verifying it, and writes what is expected of every database from now on.</summary>
internal static class SchemaGuardsVerb
{
    private const string Output = "Data/Isolation/Posture/expected-guards.txt";

    public static async Task<int> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!File.Exists(Output))
        {
            await Console.Error.WriteLineAsync($"{Output} does not exist here: run this in the root of the repository.");
            return 1;
        }

        await services.GetRequiredService<DatabaseSetup>().RunAsync(verify: false, cancellationToken);
        await using var owner = await services.GetRequiredService<Roles>().OpenOwnerAsync(cancellationToken);
        await File.WriteAllTextAsync(Output, await PostureCheck.DescribeGuardsAsync(owner, cancellationToken), cancellationToken);
        Console.WriteLine($"Wrote {Output}");
        return 0;
    }
}
