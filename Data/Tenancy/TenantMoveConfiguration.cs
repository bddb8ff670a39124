using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TenantMoveConfiguration : IEntityTypeConfiguration<TenantMove>
{
    public void Configure(EntityTypeBuilder<TenantMove> builder)
    {
        builder.Property(move => move.Phase).HasDefaultValue(TenantMovePhase.Building).ValueGeneratedNever();
        builder.Property(move => move.RowsCopied).HasDefaultValue(0L);
        builder.HasIndex(move => move.TenantId).IsUnique().HasFilter("finished is null").HasDatabaseName("ix_tenant_moves_under_way");
        builder.HasOne<Tenant>().WithMany().HasForeignKey(move => move.TenantId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_tenant_moves_placements", "source in ('pooled', 'dedicated') and target in ('pooled', 'dedicated') and source <> target");
            table.HasCheckConstraint("ck_tenant_moves_phase", "phase in ('building', 'copying', 'cleaning', 'done', 'cancelled')");
            table.HasCheckConstraint("ck_tenant_moves_finished", "(finished is not null) = (phase in ('done', 'cancelled'))");
            table.HasCheckConstraint("ck_tenant_moves_counts", "rows_copied >= 0 and pause >= 0");
        });

        builder.HasPolicy("worker_only", Claim.WorkerOnly);
    }
}
