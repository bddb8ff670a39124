using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace TenantPlatform.Data.Isolation;

internal static class TenantFilter
{
    public const string Name = "tenant";

    /// <summary>Adds tenant_id = @p to every query of a tenant-owned entity: the planner's help, and Citus's routing; the guard is the policy.</summary>
    public static void FilterByTenant(this ModelBuilder modelBuilder, TenancyDbContext db)
    {
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(entity => entity.ClrType.IsAssignableTo(typeof(ITenantOwned))))
        {
            var row = Expression.Parameter(entity.ClrType, "row");

            // EF replaces a constant DbContext by the one that runs the query, pooled or not.
            var current = Expression.Property(Expression.Constant(db), nameof(TenancyDbContext.TenantId));
            var filter = Expression.Equal(Expression.Property(row, nameof(ITenantOwned.TenantId)), current);
            entity.SetQueryFilter(Name, Expression.Lambda(filter, row));
        }
    }
}
