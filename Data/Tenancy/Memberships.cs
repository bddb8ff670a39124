using Microsoft.EntityFrameworkCore;

namespace TenantPlatform.Data.Tenancy;

public static class Memberships
{
    // Longer than any id, key or slug; keeps the database from looking for nonsense.
    private const int MaximumNameLength = 63;

    /// <summary>
    /// The membership, with its tenant, of the tenant that <paramref name="name"/> means to this user: its id, else its key, else its slug.
    /// Null when there is none, when it is suspended, or when it is somebody else's tenant. In the user's own scope.
    /// </summary>
    public static Task<TenantUser?> FindMembershipAsync(this PlatformDbContext db, Guid userId, string name, CancellationToken cancellationToken) =>
        db.TenantUsers.Where(member => member.UserId == userId && member.Status == TenantUserStatus.Active).FindAsync(name, cancellationToken);

    /// <summary>The same among deleted tenants; of several that had one slug, the one deleted last.</summary>
    public static Task<TenantUser?> FindDeletedAsync(this PlatformDbContext db, Guid userId, string name, CancellationToken cancellationToken) =>
        db.MembershipsOfDeletedTenants(userId).FindAsync(name, cancellationToken);

    /// <summary>In the user's own scope.</summary>
    public static IQueryable<TenantUser> MembershipsOfDeletedTenants(this PlatformDbContext db, Guid userId) =>
        db.TenantUsers.IgnoreQueryFilters().Where(member =>
            member.UserId == userId && member.Status == TenantUserStatus.Active && member.Deleted == null && member.Tenant.Deleted != null);

    private static Task<TenantUser?> FindAsync(this IQueryable<TenantUser> memberships, string name, CancellationToken cancellationToken)
    {
        Guid? id = Guid.TryParseExact(name, "D", out var parsed) ? parsed : null;

        return !IsPlausible(name)
            ? Task.FromResult<TenantUser?>(null)
            : memberships.AsNoTracking()
                .Include(member => member.Tenant)
                .Where(member => member.TenantId == id || member.Tenant.Key == name || member.Tenant.Slug == name)
                .OrderBy(member => member.TenantId == id ? 0 : member.Tenant.Key == name ? 1 : 2).ThenByDescending(member => member.Tenant.Deleted)
                .FirstOrDefaultAsync(cancellationToken);
    }

    internal static bool IsPlausible(string name) =>
        name.Length <= MaximumNameLength && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-');
}
