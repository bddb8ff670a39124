using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Notifications;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

/// <summary>How users move to another address: it counts once its mailbox has confirmed it.</summary>
internal sealed class EmailChanges(TenancyDb<PlatformDbContext> platform, OneTimeTokens tokens, Outbox outbox, TimeProvider time)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);

    /// <summary>Writes to the new address; if it is taken, that it is. In scope auth; the caller saves.</summary>
    public async Task StartAsync(PlatformDbContext db, Guid userId, string email, CancellationToken cancellationToken)
    {
        var taken = await db.Users.AnyAsync(user => user.Email == email && user.EmailVerified != null, cancellationToken);
        var mayWrite = await tokens.MayWriteAsync(db, TokenPurpose.ChangeEmail, email, cancellationToken);
        var token = tokens.Issue(db, TokenPurpose.ChangeEmail, email, TokenLifetime, userId.ToString());

        if (mayWrite)
        {
            outbox.Add(db, taken
                ? new Notification(NotificationKind.AlreadySignedUp, email, new Dictionary<string, string> { ["email"] = email })
                : new Notification(NotificationKind.ConfirmEmail, email, new Dictionary<string, string> { ["token"] = token }));
        }
    }

    /// <summary>False when the token is not good.</summary>
    /// <exception cref="DbUpdateException">Somebody else verified the address first: ix_users_email.</exception>
    public async Task<bool> FinishAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForAuthentication);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        if (await tokens.RedeemAsync(db, TokenPurpose.ChangeEmail, token, cancellationToken) is not { } proof
            || !Guid.TryParse(proof.Subject, out var userId)
            || await db.Users.SingleOrDefaultAsync(user => user.Id == userId, cancellationToken) is not { } user)
        {
            return false;
        }

        await EvictAsync(db, proof.Email, userId, cancellationToken);
        await MoveAsync(db, user, proof.Email, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    // Whoever signed up with the address and could not verify it does not own it, but would keep its owner out.
    private async Task EvictAsync(PlatformDbContext db, string email, Guid owner, CancellationToken cancellationToken)
    {
        var squatter = await db.Users.SingleOrDefaultAsync(
            user => user.Email == email && user.EmailVerified == null && user.Id != owner, cancellationToken);

        if (squatter is not null)
        {
            squatter.Deleted = time.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task MoveAsync(PlatformDbContext db, User user, string email, CancellationToken cancellationToken)
    {
        var old = user.Email;
        (user.Email, user.EmailVerified) = (email, time.GetUtcNow());
        await tokens.VoidAsync(db, old, cancellationToken);
        await tokens.VoidAsync(db, email, cancellationToken);
        outbox.Add(db, new Notification(NotificationKind.EmailChanged, old, new Dictionary<string, string> { ["newEmail"] = email }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
