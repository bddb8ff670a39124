namespace TenantPlatform.ApiService.Tests.Platform;

internal static class Staff
{
    /// <summary>A new user who is of the platform's staff.</summary>
    public static async Task<Caller> SignUpStaffAsync(this ApiFixture fixture, string role = "admin")
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync($"insert into platform.platform_users (user_id, role) values ($1, '{role}')", user.UserId);
        return user;
    }

    public static Task<Answer> EnterAsync(this Caller staff, TenantCaller tenant, int minutes = 5) =>
        staff.PostAsync($"/platform/tenants/{tenant.TenantId}/entries", new { reason = "Ticket 1234", minutes });

    public static Task<long> AuditedAsync(this ApiFixture fixture, string action, Guid resource) =>
        fixture.ReadAsAdminAsync<long>($"select count(*) from platform.platform_audit_logs where action = '{action}' and resource_id = $1::text", resource);

    /// <summary>In the tenant's own log, where its people see it.</summary>
    public static Task<long> AuditedInTenantAsync(this ApiFixture fixture, string action, Guid tenant, Caller staff) =>
        fixture.ReadAsAdminAsync<long>(
            $"select count(*) from pooled.audit_logs where tenant_id = $1 and action = '{action}' and actor_type = 'platform' and actor_id = '{staff.UserId}'",
            tenant);
}
