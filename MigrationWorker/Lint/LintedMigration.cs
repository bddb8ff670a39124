using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;

namespace TenantPlatform.MigrationWorker.Lint;

/// <summary>A migration, and what its author says about its dangers.</summary>
internal sealed record LintedMigration(
    string Id, IReadOnlyList<MigrationOperation> Operations, IReadOnlyList<AcceptedRiskAttribute> Accepted, IReadOnlyList<UnusedSinceAttribute> Unused)
{
    /// <param name="db">Finds its migrations by its options; never connects.</param>
    public static IReadOnlyList<LintedMigration> Of(DbContext db)
    {
        var assembly = db.GetService<IMigrationsAssembly>();
        var provider = db.GetService<IDatabaseProvider>().Name;
        return
        [
            .. from migration in assembly.Migrations
               select new LintedMigration(
                   migration.Key,
                   assembly.CreateMigration(migration.Value, provider).UpOperations,
                   [.. migration.Value.GetCustomAttributes<AcceptedRiskAttribute>()],
                   [.. migration.Value.GetCustomAttributes<UnusedSinceAttribute>()]),
        ];
    }
}
