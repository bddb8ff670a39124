using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

/// <summary>The account with a password of ours. A user has one at most that is not deleted.</summary>
internal static class Credential
{
    public static Account Create(Guid userId, string passwordHash) => new()
    {
        UserId = userId,
        ProviderId = Account.Credential,
        AccountId = userId.ToString(),
        Password = passwordHash,
    };

    /// <summary>Those that are deleted or not confirmed as well; tracked.</summary>
    public static Task<List<Account>> CredentialsOfAsync(this PlatformDbContext db, Guid userId, CancellationToken cancellationToken) =>
        db.Accounts.IgnoreQueryFilters().Where(account => account.UserId == userId && account.ProviderId == Account.Credential)
            .ToListAsync(cancellationToken);

    /// <summary>Makes one of them the user's password, or none. In two steps, because at no time may there be two.</summary>
    public static async Task KeepOnlyAsync(
        this PlatformDbContext db, Account? kept, IEnumerable<Account> accounts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var other in accounts.Where(account => account != kept))
        {
            other.Deleted ??= now;
        }

        await db.SaveChangesAsync(cancellationToken);

        if (kept is not null)
        {
            kept.Deleted = null;
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Somebody has proven to read the mail of the user's address.</summary>
    public static void Claim(this User user, DateTimeOffset now)
    {
        user.EmailVerified ??= now;

        if (user.Status == UserStatus.Invited)
        {
            user.Status = UserStatus.Active;
        }
    }
}
