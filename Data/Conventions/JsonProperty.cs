using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TenantPlatform.Data.Conventions;

/// <summary>The one way in which typed values live in jsonb columns; <see cref="JsonShapeConvention"/> adds the check of their shape.</summary>
internal static class JsonProperty
{
    public const string ColumnType = "jsonb";

    // Nulls are left out, so that a field nobody set does not pin its default in the row.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Keeps the value as jsonb, camelCase. Two values are equal when their JSON is; changes inside one are noticed.</summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
    {
        var comparer = new ValueComparer<T>(
            (left, right) => Write(left) == Write(right),
            value => Write(value).GetHashCode(StringComparison.Ordinal),
            value => Read<T>(Write(value)));

        return property.HasColumnType(ColumnType).HasConversion(value => Write(value), json => Read<T>(json), comparer);
    }

    /// <summary>As <see cref="HasJson{T}(PropertyBuilder{T})"/>, with <paramref name="value"/> for rows that are inserted by hand.</summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property, T value) =>
        property.HasJson().HasDefaultValueSql($"'{Write(value).Replace("'", "''", StringComparison.Ordinal)}'::jsonb").ValueGeneratedNever();

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;
}
