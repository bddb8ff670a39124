using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Notifications;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

/// <summary>
/// How people come in. Until an address is verified, every sign-up with it waits on its own: its account is kept deleted, and only
/// the token that was sent for it brings that one to life and ends the others. So whoever signs up with somebody else's address,
/// before or after them, gets nothing by it: what the owner of the mailbox confirms is the password of the message they answer.
/// </summary>
internal sealed class SignUps(
    TenancyDb<PlatformDbContext> platform, Passwords passwords, OneTimeTokens tokens, Outbox outbox, TimeProvider time)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);

    /// <summary>Does and costs the same whether or not somebody has the address; only its mailbox learns which.</summary>
    public async Task StartAsync(SignUpRequest request, CancellationToken cancellationToken)
    {
        var password = passwords.Hash(request.Password);

        try
        {
            await AddAsync(request, password, cancellationToken);
        }
        catch (DbUpdateException e) when (ConstraintViolation.IsDuplicate(e, "ix_users_email"))
        {
            // Somebody else signed up with it at the same moment, so now it is known.
            await AddAsync(request, password, cancellationToken);
        }
    }

    /// <summary>Sends another token to somebody who has not verified their address. Does the same for everybody else, but sends nothing.</summary>
    public async Task SendAgainAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var waiting = await db.Accounts.IgnoreQueryFilters()
            .Where(account => account.ProviderId == Account.Credential && account.User.Email == email)
            .Where(account => account.User.Deleted == null && account.User.EmailVerified == null)
            .Select(account => account.Id)
            .ToListAsync(cancellationToken);

        // Of several sign-ups nobody knows which is the owner's: the proof then lets them in, and leaves no password.
        var subject = waiting is [var only] ? only.ToString() : "";
        await AddTokenAsync(db, email, subject, send: waiting.Count > 0, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The user whose address is verified now, tracked by <paramref name="db"/>; null when the token is not good. In a transaction.</summary>
    public async Task<User?> FinishAsync(PlatformDbContext db, string token, CancellationToken cancellationToken)
    {
        if (await tokens.RedeemAsync(db, TokenPurpose.VerifyEmail, token, cancellationToken) is not { } proof
            || await db.Users.SingleOrDefaultAsync(user => user.Email == proof.Email, cancellationToken) is not { EmailVerified: null } user)
        {
            return null;
        }

        user.Claim(time.GetUtcNow());
        var accounts = await db.CredentialsOfAsync(user.Id, cancellationToken);
        var confirmed = accounts.SingleOrDefault(account => account.Id.ToString() == proof.Subject);
        await db.KeepOnlyAsync(confirmed, accounts, time.GetUtcNow(), cancellationToken);
        await tokens.VoidAsync(db, proof.Email, cancellationToken);
        return user;
    }

    private async Task AddAsync(SignUpRequest request, string password, CancellationToken cancellationToken)
    {
        var email = Email.Normalize(request.Email);
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var user = await db.Users.SingleOrDefaultAsync(user => user.Email == email, cancellationToken);

        if (user is { EmailVerified: not null } or { ExternalId: not null })
        {
            await TellOwnerAsync(db, email, cancellationToken);
        }
        else
        {
            user ??= db.Users.Add(new User { Email = email, Name = request.Name }).Entity;
            var account = db.Accounts.Add(Credential.Create(user.Id, password)).Entity;
            account.Deleted = time.GetUtcNow();
            await AddTokenAsync(db, email, account.Id.ToString(), send: true, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task AddTokenAsync(PlatformDbContext db, string email, string subject, bool send, CancellationToken cancellationToken)
    {
        var mayWrite = await tokens.MayWriteAsync(db, TokenPurpose.VerifyEmail, email, cancellationToken);
        var token = tokens.Issue(db, TokenPurpose.VerifyEmail, email, TokenLifetime, subject);

        if (send && mayWrite)
        {
            outbox.Add(db, new Notification(NotificationKind.VerifyEmail, email, new Dictionary<string, string> { ["token"] = token }));
        }
    }

    // The token goes nowhere: it counts the messages, and costs what another sign-up costs.
    private async Task TellOwnerAsync(PlatformDbContext db, string email, CancellationToken cancellationToken)
    {
        var mayWrite = await tokens.MayWriteAsync(db, TokenPurpose.AlreadySignedUp, email, cancellationToken);
        tokens.Issue(db, TokenPurpose.AlreadySignedUp, email, TokenLifetime);

        if (mayWrite)
        {
            outbox.Add(db, new Notification(NotificationKind.AlreadySignedUp, email, new Dictionary<string, string> { ["email"] = email }));
        }
    }
}
