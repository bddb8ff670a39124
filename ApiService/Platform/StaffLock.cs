using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

/// <summary>Who is of the staff changes one transaction after the other, so that an admin always remains.</summary>
internal static class StaffLock
{
    public static async Task<IDbContextTransaction> BeginStaffChangeAsync(this PlatformDbContext db, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({PlatformRole.ChangeLock}, 0))", cancellationToken);
        return transaction;
    }

    /// <summary>Null for who is not of the staff.</summary>
    public static Task<string?> PlatformRoleOfAsync(this PlatformDbContext db, Guid userId, CancellationToken cancellationToken) =>
        db.PlatformUsers.Where(staff => staff.UserId == userId).Select(staff => staff.Role).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Whether there is an admin besides this one who can sign in. Ask under the lock.</summary>
    public static Task<bool> HasOtherAdminAsync(this PlatformDbContext db, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var welcome = db.Users.WhereMaySignIn(now);
        return db.PlatformUsers.AnyAsync(
            staff => staff.UserId != userId && staff.Role == PlatformRole.Admin && welcome.Any(user => user.Id == staff.UserId), cancellationToken);
    }
}
