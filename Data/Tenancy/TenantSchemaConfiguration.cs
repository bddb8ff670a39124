using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TenantSchemaConfiguration : IEntityTypeConfiguration<TenantSchema>
{
    public void Configure(EntityTypeBuilder<TenantSchema> builder)
    {
        builder.HasKey(schema => schema.Name);
        builder.HasIndex(schema => schema.TenantId).IsUnique();
        builder.Property(schema => schema.Canary).HasDefaultValue(false);
        builder.Property(schema => schema.Wave).HasDefaultValue(0);
        builder.Property(schema => schema.Failures).HasDefaultValue(0);

        // A tenant is purged only after its schema is gone: nothing would lead back to the data otherwise.
        builder.HasOne<Tenant>().WithOne().HasForeignKey<TenantSchema>(schema => schema.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_tenant_schemas_name_format", "name ~ (case when tenant_id is null then '^spare_' else '^tenant_' end || '[a-z0-9]{10,20}$')");
            table.HasCheckConstraint("ck_tenant_schemas_spare_built", "tenant_id is not null or applied_migration is not null");
            table.HasCheckConstraint("ck_tenant_schemas_wave_positive", "wave >= 0");
            table.HasCheckConstraint("ck_tenant_schemas_failures_of_error", "failures >= 0 and (failures > 0) = (error is not null)");
            table.HasCheckConstraint("ck_tenant_schemas_finished_after_started", "finished >= started");
        });

        builder.HasPolicy("worker_only", Claim.WorkerOnly);
    }
}
