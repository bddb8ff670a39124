using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TenantConfiguration : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> builder)
    {
        builder.HasIndex(tenant => tenant.Key).IsUnique();
        builder.HasIndex(tenant => tenant.Slug).IsUnique().HasFilter("deleted is null");
        builder.HasOne<User>().WithMany().HasForeignKey(tenant => tenant.CreatedBy).OnDelete(DeleteBehavior.SetNull);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_tenants_key_format", "key ~ '^[a-z0-9]{10,20}$'");
            table.HasCheckConstraint("ck_tenants_slug_format", "slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'");
            table.HasCheckConstraint("ck_tenants_name_length", "length(name) between 1 and 200");
            table.HasCheckConstraint("ck_tenants_status", "status in ('active', 'suspended')");
            table.HasCheckConstraint("ck_tenants_placement", "placement in ('pooled', 'dedicated')");
        });
        builder.HasPolicy(
            "members",
            visible: $"id = {Claim.TenantId} or id = any ((select tenancy.my_tenants())::uuid[]) or {Claim.Scope} = 'platform'",
            writable: $"id = {Claim.TenantId} or {Claim.Scope} = 'platform'");
    }
}
