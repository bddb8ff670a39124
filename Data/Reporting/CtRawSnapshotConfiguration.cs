using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;

namespace TenantPlatform.Data.Reporting;

internal sealed class CtRawSnapshotConfiguration : IEntityTypeConfiguration<CtRawSnapshot>
{
    public void Configure(EntityTypeBuilder<CtRawSnapshot> builder)
    {
        builder.Property(snapshot => snapshot.Parameters).HasJson(new Dictionary<string, string>());
        builder.Property(snapshot => snapshot.StatusCode).HasDefaultValue(200).ValueGeneratedNever();
        builder.Property(snapshot => snapshot.Payload).HasJson();
        builder.HasIndex(snapshot => snapshot.Endpoint);
        builder.HasOne(snapshot => snapshot.SyncRun).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_ct_raw_snapshots_endpoint_format", "endpoint ~ '^/\\S*$' and length(endpoint) <= 2000");
            table.HasCheckConstraint("ck_ct_raw_snapshots_status_code_range", "status_code between 100 and 599");
        });
    }
}
