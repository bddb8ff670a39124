using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Bench.Servers;
using TenantPlatform.Data;
using TenantPlatform.MigrationWorker;

namespace TenantPlatform.Bench.Worker;

/// <summary>What one does without a worker like ours: a context with the schema's search path, and MigrateAsync.</summary>
internal static class EfLoop
{
    public static async Task MigrateAsync(BenchDatabase database, string schema, CancellationToken cancellationToken)
    {
        await using (var owner = await database.OpenOwnerAsync(cancellationToken))
        {
            await owner.ExecuteAsync($"create schema {schema}", cancellationToken);
        }

        var options = new DbContextOptionsBuilder<TenantDbContext>();
        options.UseTenantPlatformModel(model => model.UseNpgsql(
            new NpgsqlConnectionStringBuilder(database.Owner) { SearchPath = schema, Pooling = false }.ConnectionString,
            npgsql => npgsql.MigrationsAssembly(typeof(Migrator).Assembly).MigrationsHistoryTable("migrations_history")));
        await using var db = new TenantDbContext(options.Options);
        await db.Database.MigrateAsync(cancellationToken);
    }
}
