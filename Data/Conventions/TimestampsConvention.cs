using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace TenantPlatform.Data.Conventions;

/// <summary>What follows from <see cref="ICreated"/> and <see cref="ITimestamped"/> (database defaults, soft-deleted rows hidden) and <see cref="IVersioned"/> (concurrency token).</summary>
internal sealed class TimestampsConvention : IModelFinalizingConvention
{
    private const string DeletedFilter = "deleted";

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.ClrType.IsAssignableTo(typeof(ICreated)))
            {
                SetDefaultNow(entity, nameof(ICreated.Created));
            }

            if (entity.ClrType.IsAssignableTo(typeof(ITimestamped)))
            {
                SetDefaultNow(entity, nameof(ITimestamped.Updated));
                HideDeleted(entity);
            }

            if (entity.ClrType.IsAssignableTo(typeof(IVersioned)))
            {
                GuardVersion(entity);
            }
        }
    }

    // The default serves SQL written by hand; EF sends the interceptor's value, and so needs no RETURNING clause.
    private static void SetDefaultNow(IConventionEntityType entity, string property) =>
        entity.FindProperty(property)!.Builder.HasDefaultValueSql("now()");

    private static void GuardVersion(IConventionEntityType entity)
    {
        entity.FindProperty(nameof(IVersioned.Version))!.Builder.IsConcurrencyToken(true)!.HasDefaultValue(1);
        entity.Builder.HasCheckConstraint($"ck_{SnakeCaseConvention.ToSnakeCase(entity.GetTableName()!)}_version_positive", "version > 0");
    }

    private static void HideDeleted(IConventionEntityType entity)
    {
        var row = Expression.Parameter(entity.ClrType, "row");
        var deleted = Expression.Property(row, nameof(ITimestamped.Deleted));
        entity.SetQueryFilter(DeletedFilter, Expression.Lambda(Expression.Equal(deleted, Expression.Constant(null)), row));
    }
}
