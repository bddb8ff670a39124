using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Audit;

internal sealed class PlatformAuditLogConfiguration : IEntityTypeConfiguration<PlatformAuditLog>
{
    public void Configure(EntityTypeBuilder<PlatformAuditLog> builder)
    {
        builder.Property(log => log.Details).HasJson(new Dictionary<string, string>());
        builder.HasIndex(log => new { log.Created, log.Id }).IsDescending();
        builder.HasIndex(log => new { log.ResourceType, log.ResourceId, log.Created }).IsDescending(false, false, true);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_platform_audit_logs_action_format", "action ~ '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)+$' and length(action) <= 100");
            table.HasCheckConstraint("ck_platform_audit_logs_resource_type_format", "resource_type ~ '^[a-z][a-z0-9_]{0,62}$'");
            table.HasCheckConstraint("ck_platform_audit_logs_resource_id_length", "length(resource_id) between 1 and 200");
            table.HasCheckConstraint("ck_platform_audit_logs_ip_address_length", "length(ip_address) <= 45");
            table.HasCheckConstraint("ck_platform_audit_logs_user_agent_length", "length(user_agent) <= 1000");
            table.HasCheckConstraint("ck_platform_audit_logs_trace_id_format", "trace_id ~ '^[0-9a-f]{32}$'");
        });
        builder.HasReadPolicy("read", $"{Claim.Scope} = 'platform'");
        builder.HasInsertPolicy("add", $"{Claim.Scope} = 'platform' and actor_id = {Claim.UserId}");
    }
}
