using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Identity;
using TenantPlatform.ApiService.Json;
using TenantPlatform.Data;
using TenantPlatform.Data.Audit;

namespace TenantPlatform.ApiService.Platform;

/// <summary>What the platform's staff does is written down in the transaction in which it happens.</summary>
internal static class PlatformAudit
{
    public const string Tenant = "tenant";
    public const string User = "user";

    /// <summary>Adds the row to <paramref name="db"/>, whose changes the caller saves.</summary>
    public static void Audit(
        this PlatformDbContext db, HttpContext http, string action, string resourceType, Guid resourceId, Dictionary<string, string> details) =>
        db.PlatformAuditLogs.Add(new PlatformAuditLog
        {
            ActorId = http.User.GetUserId(),
            Action = action,
            ResourceType = resourceType,
            ResourceId = resourceId.ToString(),
            Details = details,
            IpAddress = http.Connection.RemoteIpAddress?.ToString(),
            UserAgent = SessionIssuer.UserAgentOf(http.Request),
            TraceId = Activity.Current?.TraceId.ToHexString(),
        });

    /// <summary>The same, and a row in the audit log of the context's tenant, whose people see what was done to it.</summary>
    public static async Task AuditInTenantAsync(
        this PlatformDbContext db, HttpContext http, string action, Dictionary<string, string> details, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.Audit(http, action, Tenant, db.TenantId, details);
        var log = db.PlatformAuditLogs.Local.Last();
        var values = JsonSerializer.Serialize(details, ApiJsonContext.Default.DictionaryStringString);

        // Not by a TenantDbContext, which would need a transaction of its own: the search_path leads to where the tenant lives.
        await db.Database.ExecuteSqlAsync($"""
            insert into audit_logs (tenant_id, id, actor_type, actor_id, action, resource_type, resource_id, new_values, ip_address, user_agent, trace_id, created)
            values ({db.TenantId}, {Guid.CreateVersion7()}, {ActorType.Platform}, {log.ActorId}, {action}, {Tenant}, {log.ResourceId}, {values}::jsonb,
                {log.IpAddress}, {log.UserAgent}, {log.TraceId}, {now})
            """, cancellationToken);
    }
}
