using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace TenantPlatform.Data.Conventions;

/// <summary>Tables, columns, keys and indexes in snake_case. Names set by hand stay as they are.</summary>
internal sealed partial class SnakeCaseConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        var entities = modelBuilder.Metadata.GetEntityTypes().ToList();

        foreach (var entity in entities)
        {
            // What is mapped to a function has no table.
            if (entity.GetTableName() is { } table)
            {
                entity.Builder.ToTable(ToSnakeCase(table), entity.GetSchema());
            }

            foreach (var property in entity.GetDeclaredProperties())
            {
                property.Builder.HasColumnName(ToSnakeCase(property.Name));
            }
        }

        // Names of keys and indexes are made of the names above, so they come in a second pass.
        foreach (var entity in entities)
        {
            foreach (var key in entity.GetDeclaredKeys())
            {
                key.Builder.HasName(ToSnakeCase(key.GetDefaultName()!));
            }

            foreach (var foreignKey in entity.GetDeclaredForeignKeys())
            {
                foreignKey.Builder.HasConstraintName(ToSnakeCase(NameOf(foreignKey)));
            }

            foreach (var index in entity.GetDeclaredIndexes())
            {
                index.Builder.HasDatabaseName(ToSnakeCase(index.Name ?? index.GetDefaultDatabaseName()!));
            }
        }
    }

    // EF cuts a name at PostgreSQL's 63 characters; without the principal's name it says as much, whole.
    private static string NameOf(IConventionForeignKey foreignKey) => foreignKey.GetDefaultName()! switch
    {
        var cut when cut.EndsWith('~') =>
            $"fk_{foreignKey.DeclaringEntityType.GetTableName()}_{string.Join('_', foreignKey.Properties.Select(column => column.GetColumnName()))}",
        var whole => whole,
    };

    internal static string ToSnakeCase(string name) => WordStart().Replace(name, "_").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex WordStart();
}
