using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TenantPlatform.Data.Reporting;

internal sealed class ReportWeekConfiguration : IEntityTypeConfiguration<ReportWeek>
{
    public void Configure(EntityTypeBuilder<ReportWeek> builder)
    {
        builder.Property(week => week.Status).HasDefaultValue(ReportStatus.Draft).ValueGeneratedNever();
        builder.HasIndex(week => week.WeekEndingDate).IsUnique().HasFilter("deleted is null");
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_report_weeks_status", "status in ('draft', 'ready', 'published')");
            table.HasCheckConstraint("ck_report_weeks_published", "(status = 'published') = (published is not null)");
            table.HasCheckConstraint("ck_report_weeks_summary_length", "length(summary) <= 100000");
        });
    }
}
