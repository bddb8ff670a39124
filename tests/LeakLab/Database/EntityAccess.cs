using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Database;

/// <summary>LINQ over an entity that is known by its table only.</summary>
internal abstract class EntityAccess
{
    public static EntityAccess Of(GuardedTable table) =>
        (EntityAccess)Activator.CreateInstance(typeof(EntityAccess<>).MakeGenericType(table.EntityType), table)!;

    /// <summary>Rows that this SQL answers with, as entities.</summary>
    public abstract Task<int> QueryAsync(TenancyDbContext db, string sql, CancellationToken cancellationToken);

    /// <summary>Rows of the owner.</summary>
    /// <param name="filtered">False for IgnoreQueryFilters.</param>
    public abstract Task<int> SelectAsync(TenancyDbContext db, object owner, bool filtered, CancellationToken cancellationToken);

    public abstract Task<int> DeleteAsync(TenancyDbContext db, object owner, bool filtered, CancellationToken cancellationToken);

    /// <summary>Sets the owner of the owner's rows to what it is.</summary>
    public abstract Task<int> UpdateOwnerAsync(TenancyDbContext db, object owner, bool filtered, CancellationToken cancellationToken);

    /// <summary>A row of the owner as an entity that no context tracks; null if there is none to be seen.</summary>
    public abstract Task<object?> FindAsync(TenancyDbContext db, object owner, CancellationToken cancellationToken);

    /// <summary>How many of all the rows that a plain query of the set brings are the owner's.</summary>
    public abstract Task<int> CountAmongAllAsync(TenancyDbContext db, object owner, CancellationToken cancellationToken);
}

internal sealed class EntityAccess<T>(GuardedTable table) : EntityAccess
    where T : class
{
    public override async Task<int> QueryAsync(TenancyDbContext db, string sql, CancellationToken cancellationToken)
    {
        var rows = await db.Set<T>().FromSqlRaw(sql).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);
        return rows.Count;
    }

    public override async Task<int> SelectAsync(TenancyDbContext db, object owner, bool filtered, CancellationToken cancellationToken)
    {
        var rows = await RowsOf(db, owner, filtered).AsNoTracking().ToListAsync(cancellationToken);
        return rows.Count;
    }

    public override Task<int> DeleteAsync(TenancyDbContext db, object owner, bool filtered, CancellationToken cancellationToken) =>
        RowsOf(db, owner, filtered).ExecuteDeleteAsync(cancellationToken);

    public override Task<int> UpdateOwnerAsync(TenancyDbContext db, object owner, bool filtered, CancellationToken cancellationToken)
    {
        var property = table.OwnerProperty.Name;
        return RowsOf(db, owner, filtered).ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<Guid>(row, property), (Guid)owner), cancellationToken);
    }

    public override async Task<object?> FindAsync(TenancyDbContext db, object owner, CancellationToken cancellationToken) =>
        await RowsOf(db, owner, filtered: false).AsNoTracking().FirstOrDefaultAsync(cancellationToken);

    public override async Task<int> CountAmongAllAsync(TenancyDbContext db, object owner, CancellationToken cancellationToken)
    {
        var rows = await db.Set<T>().AsNoTracking().ToListAsync(cancellationToken);
        return rows.Count(row => owner.Equals(table.OwnerProperty.PropertyInfo!.GetValue(row)));
    }

    private IQueryable<T> RowsOf(TenancyDbContext db, object owner, bool filtered)
    {
        var rows = filtered ? db.Set<T>() : db.Set<T>().IgnoreQueryFilters();
        return rows.Where(IsOf(owner));
    }

    private Expression<Func<T, bool>> IsOf(object owner)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var property = Expression.Property(row, table.OwnerProperty.PropertyInfo!);
        return Expression.Lambda<Func<T, bool>>(Expression.Equal(property, Expression.Constant(owner, property.Type)), row);
    }
}
