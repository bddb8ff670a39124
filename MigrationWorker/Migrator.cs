using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.MigrationWorker;

/// <summary>Applies the EF Core migrations of both planes as tp_owner.</summary>
internal sealed class Migrator(Roles roles, ILogger<Migrator> logger)
{
    public async Task ApplyPlatformAsync(CancellationToken cancellationToken)
    {
        await using var db = PlatformDb(roles.OwnerConnectionString());
        await ApplyAsync(db, cancellationToken);
    }

    public async Task ApplyPooledAsync(CancellationToken cancellationToken)
    {
        await using var db = TenantDb(roles.OwnerConnectionString(TenantDbContext.PooledSchema));
        await ApplyAsync(db, cancellationToken);
    }

    internal static PlatformDbContext PlatformDb(string connectionString) => new(
        Options<PlatformDbContext>(connectionString, PlatformDbContext.Schema));

    internal static TenantDbContext TenantDb(string connectionString) => new(
        Options<TenantDbContext>(connectionString, TenantDbContext.PooledSchema));

    private static DbContextOptions<TContext> Options<TContext>(string connectionString, string historySchema)
        where TContext : TenancyDbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        options.UseTenantPlatformModel(model => model.UseNpgsql(connectionString, npgsql => npgsql
            .MigrationsAssembly(typeof(Migrator).Assembly)
            .MigrationsHistoryTable("migrations_history", historySchema)));
        return options.Options;
    }

    private async Task ApplyAsync(DbContext db, CancellationToken cancellationToken)
    {
        var migrator = db.GetService<IMigrator>();

        foreach (var migration in await db.Database.GetPendingMigrationsAsync(cancellationToken))
        {
            using var activity = DatabaseSetup.Activities.StartActivity($"migration {migration}");
            await migrator.MigrateAsync(migration, cancellationToken);
            logger.LogInformation("Applied migration {Migration}", migration);
        }
    }
}
