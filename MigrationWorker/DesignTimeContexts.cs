using Microsoft.EntityFrameworkCore.Design;
using TenantPlatform.Data;

namespace TenantPlatform.MigrationWorker;

// dotnet ef finds these; adding a migration compares models and never connects.
internal sealed class PlatformDesignTimeFactory : IDesignTimeDbContextFactory<PlatformDbContext>
{
    public PlatformDbContext CreateDbContext(string[] args) => Migrator.PlatformDb("Host=localhost");
}

internal sealed class TenantDesignTimeFactory : IDesignTimeDbContextFactory<TenantDbContext>
{
    public TenantDbContext CreateDbContext(string[] args) => Migrator.TenantDb("Host=localhost");
}
