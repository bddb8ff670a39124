using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TenantSchemaConfiguration : IEntityTypeConfiguration<TenantSchema>
{
    public void Configure(EntityTypeBuilder<TenantSchema> builder)
    {
        builder.HasKey(schema => schema.TenantId);
        builder.Property(schema => schema.TenantId).ValueGeneratedNever();
        builder.Property(schema => schema.State).HasDefaultValue(TenantSchemaState.Pending).ValueGeneratedNever();
        builder.HasIndex(schema => schema.Name).IsUnique();

        // A tenant is purged only after its schema is gone: nothing would lead back to the data otherwise.
        builder.HasOne<Tenant>().WithOne().HasForeignKey<TenantSchema>(schema => schema.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_tenant_schemas_name_format", "name ~ '^tenant_[a-z0-9]{10,20}$'");
            table.HasCheckConstraint("ck_tenant_schemas_state", "state in ('pending', 'migrating', 'ready', 'failed')");
            table.HasCheckConstraint("ck_tenant_schemas_error_of_failed", "(error is not null) = (state = 'failed')");
            table.HasCheckConstraint("ck_tenant_schemas_finished_after_started", "finished >= started");
        });

        // No context has this scope: the worker reads it as the owner.
        builder.HasPolicy("worker_only", $"{Claim.Scope} = 'worker'");
    }
}
