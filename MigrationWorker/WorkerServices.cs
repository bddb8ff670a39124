using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Schema;
using TenantPlatform.MigrationWorker.Keys;
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
        services.AddSingleton<SchemaComparison>();
        services.AddSingleton<TenantPurge>();
        services.AddSingleton<DatabaseSetup>();
    }
}
