using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Audit;

internal sealed class ErrorLogConfiguration : IEntityTypeConfiguration<ErrorLog>
{
    public void Configure(EntityTypeBuilder<ErrorLog> builder)
    {
        builder.Property(log => log.Severity).HasDefaultValue(ErrorSeverity.Error).ValueGeneratedNever();
        builder.Property(log => log.Details).HasJson(new Dictionary<string, string>());
        builder.HasIndex(log => new { log.Created, log.Id }).IsDescending().HasFilter("resolved is null and deleted is null");
        builder.HasIndex(log => new { log.TenantId, log.Created, log.Id }).IsDescending(false, true, true);
        builder.HasIndex(log => log.UserId);
        builder.HasIndex(log => log.ResolvedBy);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(log => log.TenantId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(log => log.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<User>().WithMany().HasForeignKey(log => log.ResolvedBy).OnDelete(DeleteBehavior.SetNull);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_error_logs_severity", "severity in ('warning', 'error', 'critical')");
            table.HasCheckConstraint("ck_error_logs_source_length", "length(source) between 1 and 200");
            table.HasCheckConstraint("ck_error_logs_type_length", "length(type) between 1 and 500");
            table.HasCheckConstraint("ck_error_logs_message_length", "length(message) <= 10000");
            table.HasCheckConstraint("ck_error_logs_stack_length", "length(stack) <= 100000");
            table.HasCheckConstraint("ck_error_logs_trace_id_format", "trace_id ~ '^[0-9a-f]{32}$'");
            table.HasCheckConstraint("ck_error_logs_resolved_after_created", "resolved >= created");
            table.HasCheckConstraint("ck_error_logs_resolution_of_resolved", "resolved is not null or (resolved_by is null and resolution is null)");
            table.HasCheckConstraint("ck_error_logs_resolution_length", "length(resolution) <= 10000");
        });
        builder.HasPolicy("platform", visible: $"{Claim.Scope} = 'platform'", writable: $"tenant_id = {Claim.TenantId} or {Claim.Scope} = 'platform'");
    }
}
