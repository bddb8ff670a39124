using TenantPlatform.MigrationWorker.Provisioning;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>serve: provisions tenants as they come, until it is told to stop, which is no failure.</summary>
internal static class ServeVerb
{
    public static Task<int> RunAsync() => Worker.RunAsync([], async (services, cancellationToken) =>
    {
        await services.GetRequiredService<ProvisioningLoop>().RunAsync(cancellationToken);
        return 0;
    });
}
