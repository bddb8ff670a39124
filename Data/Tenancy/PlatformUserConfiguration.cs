using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

internal sealed class PlatformUserConfiguration : IEntityTypeConfiguration<PlatformUser>
{
    public void Configure(EntityTypeBuilder<PlatformUser> builder)
    {
        builder.HasKey(staff => staff.UserId);
        builder.Property(staff => staff.UserId).ValueGeneratedNever();
        builder.HasOne<User>().WithOne().HasForeignKey<PlatformUser>(staff => staff.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table => table.HasCheckConstraint("ck_platform_users_role", "role in ('admin', 'support')"));
        builder.HasInsertPolicy("add", $"{Claim.Scope} = 'platform'");
        builder.HasUpdatePolicy("change", $"{Claim.Scope} = 'platform'", $"{Claim.Scope} = 'platform'");
        builder.HasReadPolicy("read", $"(user_id = {Claim.UserId} and {Claim.Scope} = 'user') or {Claim.Scope} in ('auth', 'platform')");
    }
}
