using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Isolation;

/// <summary>
/// Everything that follows from <see cref="ITenantOwned"/>: the tenant leads the primary key, every index and every
/// foreign key between tenant-owned rows, and the table has the tenant_isolation policy.
/// </summary>
internal sealed class TenantOwnedConvention : IModelFinalizingConvention
{
    private const string TenantId = nameof(ITenantOwned.TenantId);

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        var clause = RowPolicy.Clause($"tenant_id = {Claim.TenantId}", $"tenant_id = {Claim.TenantId}");
        var owned = modelBuilder.Metadata.GetEntityTypes().Where(IsTenantOwned).ToList();
        if (owned.Count == 0)
        {
            return;
        }

        var tenants = modelBuilder.Metadata.FindEntityType(typeof(Tenant))
            ?? throw new InvalidOperationException("Tenant-owned rows reference their tenant: apply TenantConfiguration in this context too.");
        owned.ForEach(LeadKeyWithTenant);
        owned.SelectMany(entity => entity.GetDeclaredForeignKeys()).ToList().ForEach(LeadWithTenant);
        owned.ForEach(RemoveFormerKeys);

        foreach (var entity in owned)
        {
            entity.SetAnnotation(RowPolicy.AnnotationPrefix + RowPolicy.TenantIsolation, clause);
            entity.GetDeclaredIndexes().ToList().ForEach(LeadWithTenant);

            // A tenant's rows go when the tenant is purged; this is also what keeps an unknown tenant_id out.
            entity.Builder.HasRelationship(tenants, [entity.FindProperty(TenantId)!], tenants.FindPrimaryKey()!)!.OnDelete(DeleteBehavior.Cascade);
        }
    }

    private static void LeadKeyWithTenant(IConventionEntityType entity)
    {
        var tenant = entity.FindProperty(TenantId)!;
        var id = entity.FindProperty(nameof(ITenantOwned.Id))!;
        entity.SetPrimaryKey([tenant, id]);
        tenant.Builder.ValueGenerated(ValueGenerated.Never);
        id.Builder.ValueGenerated(ValueGenerated.Never);
    }

    private static void LeadWithTenant(IConventionForeignKey foreignKey)
    {
        var dependent = foreignKey.DeclaringEntityType;

        if (foreignKey.DeleteBehavior is DeleteBehavior.SetNull)
        {
            throw new InvalidOperationException(
                $"{dependent.ClrType.Name}.{foreignKey.Properties[^1].Name} is set to null on delete, which would null tenant_id too and which Citus forbids: restrict or cascade.");
        }

        if (IsTenantOwned(foreignKey.PrincipalEntityType) && foreignKey.Properties[0].Name != TenantId)
        {
            foreignKey.SetProperties(
                [dependent.FindProperty(TenantId)!, foreignKey.Properties.Single()], foreignKey.PrincipalEntityType.FindPrimaryKey()!);
        }
    }

    // The single-column keys that EF's own conventions made; nothing refers to them any more.
    private static void RemoveFormerKeys(IConventionEntityType entity)
    {
        foreach (var key in entity.GetDeclaredKeys().Where(key => !key.Properties.Any(property => property.Name == TenantId)).ToList())
        {
            entity.RemoveKey(key);
        }
    }

    private static void LeadWithTenant(IConventionIndex index)
    {
        if (index.Properties[0].Name == TenantId)
        {
            return;
        }

        var entity = index.DeclaringEntityType;
        entity.RemoveIndex(index);
        IReadOnlyList<IConventionProperty> properties = [entity.FindProperty(TenantId)!, .. index.Properties];
        var replacement = index.Name is null ? entity.AddIndex(properties)! : entity.AddIndex(properties, index.Name)!;
        replacement.SetIsUnique(index.IsUnique);

        // The filter, whether nulls are distinct, included columns and so on.
        foreach (var annotation in index.GetAnnotations())
        {
            replacement.SetAnnotation(annotation.Name, annotation.Value);
        }

        // An empty list means "all descending" on an index; written out, so that the tenant column can lead ascending.
        if (index.IsDescending is { } descending)
        {
            replacement.SetIsDescending([false, .. descending.Count == 0 ? Enumerable.Repeat(true, index.Properties.Count) : descending]);
        }
    }

    private static bool IsTenantOwned(IReadOnlyEntityType entity) => entity.ClrType.IsAssignableTo(typeof(ITenantOwned));
}
