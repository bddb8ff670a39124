using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Internal;

namespace TenantPlatform.Data.Isolation;

#pragma warning disable EF1001 // Npgsql offers no public base class for table annotations.

/// <summary>Carries the entities' policies over to their tables, where the migrations differ compares them.</summary>
internal sealed class RowPolicyAnnotationProvider(RelationalAnnotationProviderDependencies dependencies) : NpgsqlAnnotationProvider(dependencies)
{
    public override IEnumerable<IAnnotation> For(ITable table, bool designTime)
    {
        var policies = table.EntityTypeMappings
            .SelectMany(mapping => mapping.TypeBase.GetAnnotations())
            .Where(annotation => annotation.Name.StartsWith(RowPolicy.AnnotationPrefix, StringComparison.Ordinal));

        return designTime ? base.For(table, designTime).Concat(policies) : base.For(table, designTime);
    }
}
