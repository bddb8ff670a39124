using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TenantPlatform.Data.Usage;

internal sealed class UsageCounterConfiguration : IEntityTypeConfiguration<UsageCounter>
{
    public void Configure(EntityTypeBuilder<UsageCounter> builder)
    {
        builder.Property(counter => counter.Used).HasDefaultValue(0L).ValueGeneratedNever();
        builder.HasIndex(counter => new { counter.Metric, counter.PeriodStart }).IsUnique().AreNullsDistinct(false);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_usage_counters_metric_format", "metric ~ '^[a-z][a-z0-9_]{0,62}$'");
            table.HasCheckConstraint("ck_usage_counters_period", "(period_start is null) = (period_end is null) and period_end > period_start");
            table.HasCheckConstraint("ck_usage_counters_used_not_negative", "used >= 0");
        });
    }
}
