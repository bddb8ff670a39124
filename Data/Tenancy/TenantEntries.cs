using Microsoft.EntityFrameworkCore;

namespace TenantPlatform.Data.Tenancy;

public static class TenantEntries
{
    /// <summary>
    /// The live entry of this session, which is of somebody of the platform's staff, into the tenant that the name means, see
    /// <see cref="Memberships.FindMembershipAsync"/>. In the scope of the platform.
    /// </summary>
    public static Task<TenantEntry?> FindEntryAsync(
        this PlatformDbContext db, Guid userId, Guid sessionId, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid? id = Guid.TryParseExact(name, "D", out var parsed) ? parsed : null;

        return !Memberships.IsPlausible(name)
            ? Task.FromResult<TenantEntry?>(null)
            : db.LiveEntries(userId, sessionId, now).AsNoTracking()
                .Join(db.Tenants, entry => entry.TenantId, tenant => tenant.Id, (entry, tenant) => new { entry, tenant })
                .Where(pair => pair.tenant.Id == id || pair.tenant.Key == name || pair.tenant.Slug == name)
                .OrderBy(pair => pair.tenant.Id == id ? 0 : pair.tenant.Key == name ? 1 : 2).ThenByDescending(pair => pair.entry.Expires)
                .Select(pair => pair.entry)
                .FirstOrDefaultAsync(cancellationToken);
    }

    public static IQueryable<TenantEntry> LiveEntries(this PlatformDbContext db, Guid userId, Guid sessionId, DateTimeOffset now) =>
        db.TenantEntries.Where(entry => entry.UserId == userId && entry.SessionId == sessionId && entry.Expires > now);
}
