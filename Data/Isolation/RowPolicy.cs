using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TenantPlatform.Data.Isolation;

/// <summary>A row-level security policy as model metadata; <see cref="RowPolicySqlGenerator"/> turns it into SQL in migrations.</summary>
internal static class RowPolicy
{
    public const string AnnotationPrefix = "RowPolicy:";

    /// <summary>The one policy of every tenant-owned table, byte for byte the same everywhere (Citus joins depend on it).</summary>
    public const string TenantIsolation = "tenant_isolation";

    public static string Clause(string visible, string writable) => $"using ({visible}) with check ({writable})";

    /// <summary>Rows can be read, changed and written where the condition holds.</summary>
    public static void HasPolicy<T>(this EntityTypeBuilder<T> builder, string name, string condition)
        where T : class => builder.HasAnnotation(AnnotationPrefix + name, Clause(condition, condition));

    /// <summary>Rows can be read where <paramref name="visible"/> holds, and changed only where <paramref name="writable"/> does, before and after.</summary>
    public static void HasPolicy<T>(this EntityTypeBuilder<T> builder, string name, string visible, string writable)
        where T : class
    {
        // Two policies, because DELETE never looks at a WITH CHECK: with one, whoever may read a row may delete it.
        builder.HasPolicy(name, writable);
        builder.HasAnnotation($"{AnnotationPrefix}{name}_read", $"for select using ({visible})");
    }

    /// <summary>Rows can be read, and nothing else, where the condition holds; other policies may add to it.</summary>
    public static void HasReadPolicy<T>(this EntityTypeBuilder<T> builder, string name, string visible)
        where T : class => builder.HasAnnotation(AnnotationPrefix + name, $"for select using ({visible})");

    public static void HasInsertPolicy<T>(this EntityTypeBuilder<T> builder, string name, string writable)
        where T : class => builder.HasAnnotation(AnnotationPrefix + name, $"for insert with check ({writable})");

    /// <summary>Rows that hold <paramref name="visible"/> and can be read may be changed, and must satisfy <paramref name="writable"/> afterwards.</summary>
    public static void HasUpdatePolicy<T>(this EntityTypeBuilder<T> builder, string name, string visible, string writable)
        where T : class => builder.HasAnnotation(AnnotationPrefix + name, $"for update {Clause(visible, writable)}");

    public static IEnumerable<(string Name, string Clause)> PoliciesOf(IEnumerable<IAnnotation> annotations) =>
        from annotation in annotations
        where annotation.Name.StartsWith(AnnotationPrefix, StringComparison.Ordinal)
        orderby annotation.Name
        select (annotation.Name[AnnotationPrefix.Length..], (string)annotation.Value!);
}
