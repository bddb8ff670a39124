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
        builder.Property(member => member.Status).HasDefaultValue(TenantUserStatus.Active).ValueGeneratedNever();

        // The one generated column: a caller that does not say when somebody joined means now.
        builder.Property(member => member.Joined).HasDefaultValueSql("now()");
        builder.HasOne(member => member.Tenant).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(member => member.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_tenant_users_roles_not_empty", "cardinality(roles) between 1 and 20 and array_position(roles, null) is null");
            table.HasCheckConstraint("ck_tenant_users_email_format", EmailFormat.Check);
            table.HasCheckConstraint("ck_tenant_users_status", "status in ('active', 'suspended')");
        });
        builder.HasReadPolicy(
            "read", $"tenant_id = {Claim.TenantId} or (user_id = {Claim.UserId} and {Claim.Scope} = 'user') or {Claim.Scope} = 'platform'");

        // People join by themselves: else whoever knows a user's id could add them, and read their name and address as a colleague's.
        builder.HasInsertPolicy("add", $"tenant_id = {Claim.TenantId} and user_id = {Claim.UserId}");
        builder.HasUpdatePolicy("change", $"tenant_id = {Claim.TenantId}", $"tenant_id = {Claim.TenantId}");
    }
}
