using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TenantUserConfiguration : IEntityTypeConfiguration<TenantUser>
{
    public void Configure(EntityTypeBuilder<TenantUser> builder)
    {
        builder.HasKey(member => new { member.TenantId, member.UserId });
        builder.HasOne(member => member.Tenant).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(member => member.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table => table.HasCheckConstraint("ck_tenant_users_roles_not_empty", "cardinality(roles) > 0"));
        builder.HasPolicy(
            "members",
            visible: $"tenant_id = {Claim.TenantId} or (user_id = {Claim.UserId} and {Claim.Scope} = 'user') or {Claim.Scope} = 'platform'",
            writable: $"tenant_id = {Claim.TenantId} or {Claim.Scope} = 'platform'");
    }
}
