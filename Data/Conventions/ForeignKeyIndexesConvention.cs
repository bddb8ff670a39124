using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace TenantPlatform.Data.Conventions;

/// <summary>
/// Every foreign key has an index or key that begins with its columns, so that deleting a principal never scans. Stands in for
/// EF's own convention, which takes a filtered index for enough and does not see that the tenant comes to lead.
/// </summary>
internal sealed class ForeignKeyIndexesConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var foreignKey in modelBuilder.Metadata.GetEntityTypes().SelectMany(entity => entity.GetDeclaredForeignKeys()))
        {
            var columns = foreignKey.Properties;

            if (foreignKey.IsUnique && !IsUnique(foreignKey))
            {
                AddIndex(foreignKey).SetIsUnique(true);
            }
            else if (!Candidates(foreignKey.DeclaringEntityType).Any(candidate => candidate.Take(columns.Count).ToHashSet().SetEquals(columns)))
            {
                AddIndex(foreignKey);
            }
        }
    }

    private static IConventionIndex AddIndex(IConventionForeignKey foreignKey)
    {
        var entity = foreignKey.DeclaringEntityType;

        // A filtered index may already have the plain name.
        return entity.FindIndex(foreignKey.Properties) is null
            ? entity.AddIndex(foreignKey.Properties)!
            : entity.AddIndex(foreignKey.Properties, $"IX_{entity.GetTableName()}_{string.Join('_', foreignKey.Properties.Select(column => column.Name))}_All")!;
    }

    private static bool IsUnique(IConventionForeignKey foreignKey) =>
        foreignKey.DeclaringEntityType.GetKeys().Any(key => key.Properties.SequenceEqual(foreignKey.Properties))
        || foreignKey.DeclaringEntityType.GetIndexes().Any(index => index.IsUnique && index.Properties.SequenceEqual(foreignKey.Properties));

    private static IEnumerable<IReadOnlyList<IConventionProperty>> Candidates(IConventionEntityType entity) =>
        entity.GetKeys().Select(key => key.Properties)
            .Concat(entity.GetIndexes().Where(index => index.GetFilter() is null).Select(index => index.Properties));
}
