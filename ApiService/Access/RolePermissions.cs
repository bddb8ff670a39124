using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Access;

/// <summary>What the roles of a membership permit: the system's roles, and those that the tenant has made for itself.</summary>
internal sealed class RolePermissions(TenancyDb<PlatformDbContext> platform)
{
    /// <summary>A role that does not exist (any more) permits nothing.</summary>
    public async Task<PermissionSet> OfAsync(TenantContext tenant, string[] roles, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(tenant);
        var granted = await db.Roles
            .Where(role => (role.TenantId == null || role.TenantId == tenant.TenantId) && roles.Contains(role.Name))
            .Select(role => role.Permissions)
            .ToListAsync(cancellationToken);

        return new PermissionSet(granted.SelectMany(permissions => permissions));
    }
}
