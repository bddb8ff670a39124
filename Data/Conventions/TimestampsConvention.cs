using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace TenantPlatform.Data.Conventions;

/// <summary>What follows from <see cref="ITimestamped"/> (database defaults, soft-deleted rows hidden) and <see cref="IVersioned"/> (concurrency token).</summary>
internal sealed class TimestampsConvention : IModelFinalizingConvention
{
    private const string DeletedFilter = "deleted";

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.ClrType.IsAssignableTo(typeof(ITimestamped)))
            {
                SetDefault(entity, nameof(ITimestamped.Created));
                SetDefault(entity, nameof(ITimestamped.Updated));
                HideDeleted(entity);
            }

            if (entity.ClrType.IsAssignableTo(typeof(IVersioned)))
            {
                entity.FindProperty(nameof(IVersioned.Version))!.Builder.IsConcurrencyToken(true);
            }
        }
    }

    // The default serves SQL written by hand; EF always sends the interceptor's value, which saves a RETURNING clause.
    private static void SetDefault(IConventionEntityType entity, string property) =>
        entity.FindProperty(property)!.Builder.HasDefaultValueSql("now()")!.ValueGenerated(ValueGenerated.Never);

    private static void HideDeleted(IConventionEntityType entity)
    {
        var row = Expression.Parameter(entity.ClrType, "row");
        var deleted = Expression.Property(row, nameof(ITimestamped.Deleted));
        entity.SetQueryFilter(DeletedFilter, Expression.Lambda(Expression.Equal(deleted, Expression.Constant(null)), row));
    }
}
