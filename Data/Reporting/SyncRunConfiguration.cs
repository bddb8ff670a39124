using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TenantPlatform.Data.Reporting;

internal sealed class SyncRunConfiguration : IEntityTypeConfiguration<SyncRun>
{
    public void Configure(EntityTypeBuilder<SyncRun> builder)
    {
        builder.Property(run => run.Trigger).HasDefaultValue(SyncTrigger.Schedule).ValueGeneratedNever();
        builder.Property(run => run.Status).HasDefaultValue(SyncStatus.Running).ValueGeneratedNever();
        builder.Property(run => run.RecordsFetched).HasDefaultValue(0).ValueGeneratedNever();
        builder.HasOne(run => run.ReportWeek).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_sync_runs_trigger", "trigger in ('schedule', 'manual')");
            table.HasCheckConstraint("ck_sync_runs_status", "status in ('running', 'succeeded', 'failed', 'cancelled')");
            table.HasCheckConstraint("ck_sync_runs_finished", "(status = 'running') = (finished is null)");
            table.HasCheckConstraint("ck_sync_runs_finished_after_started", "finished >= started");
            table.HasCheckConstraint("ck_sync_runs_records_fetched_not_negative", "records_fetched >= 0");
            table.HasCheckConstraint("ck_sync_runs_error_of_failed", "(error is not null) = (status = 'failed') and length(error) <= 10000");
        });
    }
}
