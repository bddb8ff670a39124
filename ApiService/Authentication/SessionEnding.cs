using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Authentication;

internal static class SessionEnding
{
    /// <summary>
    /// Ends those of the user's sessions that <paramref name="which"/> leaves over, in the scope of the user, of authentication or of the
    /// platform's staff. Every process refuses them within a second of the commit. Returns how many were live.
    /// </summary>
    public static Task<int> EndSessionsAsync(
        this PlatformDbContext db, Guid userId, Func<IQueryable<Session>, IQueryable<Session>> which, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.Announce(AccessChange.OfUser(userId));
        return which(db.Sessions.Where(session => session.UserId == userId && session.Expires > now)).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.Deleted, now).SetProperty(session => session.Updated, now), cancellationToken);
    }
}
