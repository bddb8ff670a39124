using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TenantEntryConfiguration : IEntityTypeConfiguration<TenantEntry>
{
    private const string Own = $"{Claim.Scope} = 'platform' and user_id = {Claim.UserId}";

    public void Configure(EntityTypeBuilder<TenantEntry> builder)
    {
        builder.HasIndex(entry => new { entry.SessionId, entry.TenantId });
        builder.HasIndex(entry => new { entry.TenantId, entry.Created }).IsDescending(false, true);
        builder.HasOne<PlatformUser>().WithMany().HasForeignKey(entry => entry.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(entry => entry.TenantId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_tenant_entries_reason_length", "length(reason) between 1 and 500");
            table.HasCheckConstraint("ck_tenant_entries_expires_after_created", "expires > created");
        });
        builder.HasReadPolicy("read", $"{Claim.Scope} = 'platform'");
        builder.HasInsertPolicy("add", Own);
        builder.HasUpdatePolicy("change", Own, Own);
    }
}
