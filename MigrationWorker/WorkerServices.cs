using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Schema;
using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.MigrationWorker.Keys;
using TenantPlatform.MigrationWorker.Moves;
using TenantPlatform.MigrationWorker.Provisioning;
using TenantPlatform.MigrationWorker.Schemas;
using TenantPlatform.MigrationWorker.Tenants;
using TenantPlatform.MigrationWorker.Verify;

namespace TenantPlatform.MigrationWorker;

internal static class WorkerServices
{
    public static void AddMigrationWorker(this IServiceCollection services)
    {
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TenancyOptions>().BindConfiguration(TenancyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ApplyOptions>().BindConfiguration(ApplyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ProvisioningOptions>().BindConfiguration(ProvisioningOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ServerAdministration>();
        services.AddSingleton<Roles>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<SchemaCheck>();
        services.AddSingleton<SchemaComparison>();
        services.AddSingleton<Verification>();
        services.AddSingleton<TenantPurge>();
        services.AddSingleton<MovePhases>();
        services.AddSingleton<TenantMover>();
        services.AddSingleton<DatabaseSetup>();
        services.AddSingleton(_ => new TenantPlaneSteps(new TenantDesignTimeFactory().CreateDbContext([])));
        services.AddSingleton<SchemaBuilder>();
        services.AddSingleton<DatabaseReadiness>();
        services.AddSingleton<SparePool>();
        services.AddSingleton<TenantProvisioner>();
        services.AddSingleton<ProvisioningLanes>();
        services.AddSingleton<ProvisioningLoop>();
    }
}
