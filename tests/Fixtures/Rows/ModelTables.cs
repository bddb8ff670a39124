using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using TenantPlatform.Data;

namespace TenantPlatform.Fixtures.Rows;

/// <summary>The tables of both planes as the model describes them, each from the context that migrates it.</summary>
public static class ModelTables
{
    public static IReadOnlyList<ITable> All { get; } = Load();

    public static ITable Find(string name) => All.Single(table => table.Name == name);

    public static bool IsTenantPlane(this ITable table) => table.Schema is null;

    /// <summary>For SQL: the tenant plane is looked at where it is pooled.</summary>
    public static string Qualified(this ITable table) => $"{table.Schema ?? TenantDbContext.PooledSchema}.{table.Name}";

    private static List<ITable> Load()
    {
        using var platform = new PlatformDbContext(Options<PlatformDbContext>());
        using var tenant = new TenantDbContext(Options<TenantDbContext>());
        return [.. Tables(platform).Concat(Tables(tenant)).OrderBy(table => table.Name, StringComparer.Ordinal)];
    }

    // Nothing connects: only the model is asked, and the design-time one, because checks are in no other.
    private static DbContextOptions<T> Options<T>()
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        options.UseTenantPlatformModel(model => model.UseNpgsql());
        return options.Options;
    }

    private static List<ITable> Tables(DbContext db) =>
        [.. db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.Where(table => !table.IsExcludedFromMigrations)];
}
