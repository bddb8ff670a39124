using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Access;

/// <summary>What the roles of a membership permit: the system's roles, and those that the tenant has made for itself.</summary>
internal sealed class RolePermissions(TenancyDb<PlatformDbContext> platform, AccessCache cache)
{
    // Names of roles come from the database, whose texts contain every character but this one.
    private const char Separator = '\0';

    /// <summary>A role that does not exist (any more) permits nothing.</summary>
    public async Task<PermissionSet> OfAsync(TenantContext tenant, string[] roles, CancellationToken cancellationToken)
    {
        var tenantId = tenant.TenantId!.Value;
        var known = await cache.GetAsync(
            new Key(tenantId, string.Join(Separator, roles)), async cancel => new Known(tenantId, await ReadAsync(tenant, roles, cancel)), cancellationToken);

        return known!.Permissions;
    }

    private async Task<PermissionSet> ReadAsync(TenantContext tenant, string[] roles, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(tenant);
        var granted = await db.Roles
            .Where(role => (role.TenantId == null || role.TenantId == tenant.TenantId) && roles.Contains(role.Name))
            .Select(role => role.Permissions)
            .ToListAsync(cancellationToken);

        return new PermissionSet(granted.SelectMany(permissions => permissions));
    }

    private sealed record Key(Guid TenantId, string Roles);

    private sealed record Known(Guid TenantId, PermissionSet Permissions) : IRemembered
    {
        public IReadOnlyList<AccessChange> Subjects { get; } = [AccessChange.OfTenant(TenantId)];
    }
}
