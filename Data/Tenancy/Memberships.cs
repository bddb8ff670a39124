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
    public static Task<TenantUser?> FindMembershipAsync(this PlatformDbContext db, Guid userId, string name, CancellationToken cancellationToken)
    {
        Guid? id = Guid.TryParseExact(name, "D", out var parsed) ? parsed : null;

        return !IsPlausible(name)
            ? Task.FromResult<TenantUser?>(null)
            : db.TenantUsers.AsNoTracking()
                .Include(member => member.Tenant)
                .Where(member => member.UserId == userId && member.Status == TenantUserStatus.Active)
                .Where(member => member.TenantId == id || member.Tenant.Key == name || member.Tenant.Slug == name)
                .OrderBy(member => member.TenantId == id ? 0 : member.Tenant.Key == name ? 1 : 2)
                .FirstOrDefaultAsync(cancellationToken);
    }

    private static bool IsPlausible(string name) =>
        name.Length <= MaximumNameLength && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-');
}
