namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>Without a verb, the worker migrates.</summary>
internal static class MigrateVerb
{
    public static async Task<int> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DatabaseSetup>().RunAsync(verify: true, cancellationToken);
        return 0;
    }
}
