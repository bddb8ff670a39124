using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;

namespace TenantPlatform.ApiService.Identity;

internal static class SessionRevocation
{
    /// <summary>Marks the user's sessions as ended, all but one; the caller saves.</summary>
    public static async Task EndSessionsAsync(
        this PlatformDbContext db, Guid userId, Guid? except, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sessions = await db.Sessions.Where(session => session.UserId == userId && session.Id != except).ToListAsync(cancellationToken);

        foreach (var session in sessions)
        {
            session.Deleted = now;
        }
    }
}
