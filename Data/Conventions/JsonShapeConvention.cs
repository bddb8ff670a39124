using System.Collections;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace TenantPlatform.Data.Conventions;

/// <summary>
/// A jsonb column holds an object (of texts only, where the property is a dictionary of them), or an array where the property is
/// a list: ck_&lt;table&gt;_&lt;column&gt;_object or _array. Comes after <see cref="SnakeCaseConvention"/>, whose names it needs.
/// </summary>
internal sealed class JsonShapeConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            foreach (var property in entity.GetDeclaredProperties().Where(HasKnownShape))
            {
                var column = property.GetColumnName();
                var shape = IsList(property.ClrType) ? "array" : "object";
                entity.Builder.HasCheckConstraint(
                    $"ck_{entity.GetTableName()}_{column}_{shape}",
                    $"jsonb_typeof({column}) = '{shape}'" + (Holds<string>(property.ClrType) ? OnlyText(column) : ""));
            }
        }
    }

    private static string OnlyText(string column) => $" and not {column} @? '$.* ? (@.type() != \"string\")'";

    private static bool HasKnownShape(IConventionProperty property) =>
        property.GetColumnType() == JsonProperty.ColumnType && property.ClrType != typeof(JsonElement);

    // Dictionaries are enumerable too, but JSON writes them as objects.
    private static bool IsList(Type type) =>
        type.IsAssignableTo(typeof(IEnumerable)) && !Holds<string>(type) && !Holds<JsonElement>(type);

    private static bool Holds<T>(Type type) => type.IsAssignableTo(typeof(IReadOnlyDictionary<string, T>));
}
