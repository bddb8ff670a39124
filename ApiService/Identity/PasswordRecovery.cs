using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Notifications;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

/// <summary>How somebody who has lost their password gets another: by reading the mail of their address.</summary>
internal sealed class PasswordRecovery(
    TenancyDb<PlatformDbContext> platform, Passwords passwords, OneTimeTokens tokens, Outbox outbox, TimeProvider time)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    /// <summary>Does and costs the same whether or not somebody has the address. Who signs in elsewhere has no password here to forget.</summary>
    public async Task StartAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var user = await db.Users.SingleOrDefaultAsync(user => user.Email == email, cancellationToken);
        var mayWrite = await tokens.MayWriteAsync(db, TokenPurpose.ResetPassword, email, cancellationToken);
        var token = tokens.Issue(db, TokenPurpose.ResetPassword, email, TokenLifetime);

        if (user is { ExternalId: null } && mayWrite)
        {
            outbox.Add(db, new Notification(NotificationKind.ResetPassword, email, new Dictionary<string, string> { ["token"] = token }));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Gives the user the password, ends their sessions and any delay of sign-ins. False when the token is not good.</summary>
    public async Task<bool> FinishAsync(string token, string password, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForAuthentication);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        if (await tokens.RedeemAsync(db, TokenPurpose.ResetPassword, token, cancellationToken) is not { } proof
            || await db.Users.SingleOrDefaultAsync(user => user.Email == proof.Email, cancellationToken) is not { ExternalId: null } user)
        {
            return false;
        }

        var now = time.GetUtcNow();
        user.Claim(now);
        await SetPasswordAsync(db, user, password, now, cancellationToken);
        await tokens.VoidAsync(db, proof.Email, cancellationToken);
        await PasswordGate.ForgetAsync(db, proof.Email, cancellationToken);
        await db.EndSessionsAsync(user.Id, all => all, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task SetPasswordAsync(PlatformDbContext db, User user, string password, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var accounts = await db.CredentialsOfAsync(user.Id, cancellationToken);
        var (hash, kept) = (passwords.Hash(password), accounts.MaxBy(account => account.Deleted is null));

        if (kept is null)
        {
            db.Accounts.Add(Credential.Create(user.Id, hash));
            return;
        }

        kept.Password = hash;
        await db.KeepOnlyAsync(kept, accounts, now, cancellationToken);
    }
}
