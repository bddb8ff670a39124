using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPlatform.Data;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>
/// Who belongs to a tenant, and as what, changes one transaction after the other: rules about several rows, such as the last
/// owner and the plan's limit, hold only while nobody else changes a second row. Open no second DbContext under it: when those who
/// wait for the lock have all connections, its holder would wait for them.
/// </summary>
internal static class MemberLock
{
    public static async Task<IDbContextTransaction> BeginMemberChangeAsync(this PlatformDbContext db, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMembersAsync(cancellationToken);
        return transaction;
    }

    /// <summary>Held until the transaction ends; taking it twice is harmless. What was read before it may be out of date.</summary>
    /// <exception cref="InvalidOperationException">There is no transaction, so the lock would be gone at once.</exception>
    public static Task LockMembersAsync(this PlatformDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Members are locked in a transaction: begin one before.");
        }

        // An advisory lock, because policies hide the row of a suspended tenant from SELECT ... FOR UPDATE.
        return db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({$"members of {db.TenantId}"}, 0))", cancellationToken);
    }
}
