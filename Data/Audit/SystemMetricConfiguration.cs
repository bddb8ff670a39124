using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Audit;

internal sealed class SystemMetricConfiguration : IEntityTypeConfiguration<SystemMetric>
{
    public void Configure(EntityTypeBuilder<SystemMetric> builder)
    {
        builder.Property(metric => metric.Tags).HasJson(new Dictionary<string, string>());
        builder.HasIndex(metric => new { metric.Name, metric.Created }).IsDescending(false, true);
        builder.HasIndex(metric => new { metric.TenantId, metric.Created, metric.Id }).IsDescending(false, true, true);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(metric => metric.TenantId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_system_metrics_name_format", "name ~ '^[a-z][a-z0-9_]*([.][a-z0-9_]+)*$' and length(name) <= 200");
            table.HasCheckConstraint("ck_system_metrics_value_finite", "value > '-infinity' and value < 'infinity'");
            table.HasCheckConstraint("ck_system_metrics_unit_length", "length(unit) between 1 and 63");
        });
        builder.HasPolicy("platform", visible: $"{Claim.Scope} = 'platform'", writable: $"tenant_id = {Claim.TenantId} or {Claim.Scope} = 'platform'");
    }
}
