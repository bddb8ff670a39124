using TenantPlatform.Data.Isolation;
using TenantPlatform.MigrationWorker.Keys;
using TenantPlatform.MigrationWorker.Moves;
using TenantPlatform.MigrationWorker.Schemas;
using TenantPlatform.MigrationWorker.Tenants;

namespace TenantPlatform.MigrationWorker;

internal static class WorkerServices
{
    public static void AddMigrationWorker(this IServiceCollection services)
    {
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TenancyOptions>().BindConfiguration(TenancyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ServerAdministration>();
        services.AddSingleton<Roles>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<SchemaCheck>();
        services.AddSingleton<TenantPurge>();
        services.AddSingleton(_ => new TenantPlaneSteps(Migrator.TenantDb("Host=localhost")));
        services.AddSingleton<SchemaBuilder>();
        services.AddSingleton<MovePhases>();
        services.AddSingleton<TenantMover>();
        services.AddSingleton<DatabaseSetup>();
    }
}
