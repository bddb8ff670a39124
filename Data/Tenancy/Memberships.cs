using Microsoft.EntityFrameworkCore;

namespace TenantPlatform.Data.Tenancy;

public static class Memberships
{
    /// <summary>
    /// The membership that lets a user into a tenant: neither it nor the tenant is suspended or deleted. At most one row; in the
    /// user's own scope, or in the tenant's.
    /// </summary>
    public static IQueryable<TenantUser> Membership(this PlatformDbContext db, Guid tenantId, Guid userId) =>
        db.TenantUsers.Where(member => member.TenantId == tenantId && member.UserId == userId
            && member.Status == TenantUserStatus.Active && member.Tenant.Status == TenantStatus.Active && member.Tenant.Deleted == null);

    public static Task<bool> IsMemberAsync(this PlatformDbContext db, Guid tenantId, Guid userId, CancellationToken cancellationToken) =>
        db.Membership(tenantId, userId).AnyAsync(cancellationToken);
}
