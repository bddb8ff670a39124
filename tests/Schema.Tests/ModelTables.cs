using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using TenantPlatform.Data;
using TenantPlatform.MigrationWorker;

namespace TenantPlatform.Schema.Tests;

/// <summary>The tables of both planes as the model describes them, each from the context that migrates it.</summary>
internal static class ModelTables
{
    public static IReadOnlyList<ITable> All { get; } = Load();

    public static ITable Find(string name) => All.Single(table => table.Name == name);

    public static bool IsTenantPlane(this ITable table) => table.Schema is null;

    /// <summary>For SQL: the tenant plane is looked at where it is pooled.</summary>
    public static string Qualified(this ITable table) => $"{table.Schema ?? TenantDbContext.PooledSchema}.{table.Name}";

    private static List<ITable> Load()
    {
        using var platform = Migrator.PlatformDb("Host=nowhere");
        using var tenant = Migrator.TenantDb("Host=nowhere");
        return [.. Tables(platform).Concat(Tables(tenant)).OrderBy(table => table.Name, StringComparer.Ordinal)];
    }

    private static List<ITable> Tables(DbContext db) =>
        [.. db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.Where(table => !table.IsExcludedFromMigrations)];
}
