using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Access;

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.Property(role => role.Permissions).HasJson([]);
        builder.Property(role => role.IsSystem).HasDefaultValue(false).ValueGeneratedNever();
        builder.HasIndex(role => new { role.TenantId, role.Name }).IsUnique().AreNullsDistinct(false).HasFilter("deleted is null");
        builder.HasOne<Tenant>().WithMany().HasForeignKey(role => role.TenantId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_roles_name_format", "name ~ '^[a-z][a-z0-9_-]{0,49}$'");
            table.HasCheckConstraint("ck_roles_name_not_reserved", "is_system or name not in ('owner', 'admin', 'member', 'viewer')");
            table.HasCheckConstraint("ck_roles_is_system_without_tenant", "is_system = (tenant_id is null)");
            table.HasCheckConstraint("ck_roles_description_length", "length(description) <= 500");
            table.HasCheckConstraint("ck_roles_permissions_format", Permissions);
        });
        builder.HasReadPolicy("read", $"tenant_id = {Claim.TenantId} or (tenant_id is null and {Claim.Scope} is not null)");
        builder.HasInsertPolicy("add", $"tenant_id = {Claim.TenantId}");
        builder.HasUpdatePolicy("change", $"tenant_id = {Claim.TenantId}", $"tenant_id = {Claim.TenantId}");
    }

    private const string Permissions =
        """not permissions @? '$[*] ? (@.type() != "string" || !(@ like_regex "^([*]|[a-z_]+:([*]|[a-z_]+))$"))' and length(permissions::text) <= 8192""";
}
