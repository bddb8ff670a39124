using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>The SQL of what is to come, for those who read before they run.</summary>
internal static class PlannedSql
{
    /// <returns>Where it would be run, and the SQL.</returns>
    public static Dictionary<string, string> Of(Installation installation, TenantPlaneSteps steps, bool hasWaves)
    {
        using var platform = new PlatformDesignTimeFactory().CreateDbContext([]);
        using var tenant = new TenantDesignTimeFactory().CreateDbContext([]);
        var sql = new Dictionary<string, string>();
        Add("control plane", platform, installation.Platform);
        Add("pooled", tenant, installation.Pooled);

        foreach (var step in hasWaves ? steps.All.Skip(1) : [])
        {
            sql[$"each schema without {step.Id}, by search_path"] = step.Script;
        }

        return sql;

        void Add(string where, DbContext db, IReadOnlyList<string> pending)
        {
            if (pending.Count > 0)
            {
                sql[where] = Script(db, pending);
            }
        }
    }

    private static string Script(DbContext db, IReadOnlyList<string> pending)
    {
        var before = db.Database.GetMigrations().TakeWhile(migration => migration != pending[0]).LastOrDefault();
        return db.GetService<IMigrator>().GenerateScript(before ?? Migration.InitialDatabase, pending[^1]);
    }
}
