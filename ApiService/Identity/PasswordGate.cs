using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

/// <summary>
/// Where passwords are guessed. Every guess is counted before it is looked at, so that many at once are counted one by one, and
/// taken back when it was right. After five in a row the address must wait, twice as long each time, up to a quarter of an hour:
/// whoever keeps guessing delays its owner by that at most, and only where a password is asked for.
/// </summary>
internal sealed class PasswordGate(Passwords passwords, TimeProvider time)
{
    private const int FreeFailures = 4;
    private const int MaximumDoublings = 20;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaximumDelay = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <summary>Takes the same time and the same commands for an address that nobody has.</summary>
    /// <param name="db">In scope auth. When the attempt is right, the caller saves its changes.</param>
    public async Task<PasswordAttempt> TryAsync(PlatformDbContext db, string email, string password, CancellationToken cancellationToken)
    {
        if (await CountAsync(db, email, cancellationToken) is not { } failure)
        {
            return PasswordAttempt.TooEarly(await RemainingAsync(db, email, cancellationToken));
        }

        var account = await FindAsync(db, email, cancellationToken);
        return passwords.Match(account, password) ? PasswordAttempt.Right(account, failure) : PasswordAttempt.Wrong;
    }

    /// <summary>Ends the delay of somebody who has proven themselves in another way; the caller saves.</summary>
    public static async Task ForgetAsync(PlatformDbContext db, string email, CancellationToken cancellationToken)
    {
        var hash = Email.Hash(email);
        var failure = await db.SignInFailures.SingleOrDefaultAsync(failure => failure.EmailHash == hash, cancellationToken);
        failure?.Forget();
    }

    // No row comes back while the address has to wait. Failures of more than a day ago are forgotten.
    private async Task<SignInFailure?> CountAsync(PlatformDbContext db, string email, CancellationToken cancellationToken)
    {
        var (now, hash) = (time.GetUtcNow(), Email.Hash(email));
        var counted = await db.SignInFailures.FromSql(
            $"""
            insert into platform.sign_in_failures as f (email_hash, failures, created, updated) values ({hash}, 1, {now}, {now})
            on conflict (email_hash) do update set
                failures = case when f.updated < {now - Memory} then 1 else f.failures + 1 end,
                blocked_until = case when f.failures >= {FreeFailures} and f.updated >= {now - Memory}
                    then {now} + least({MaximumDelay}, {FirstDelay} * power(2, least(f.failures - {FreeFailures}, {MaximumDoublings}))) end,
                updated = {now}, deleted = null
            where f.blocked_until is null or f.blocked_until <= {now}
            returning *
            """).IgnoreQueryFilters().ToListAsync(cancellationToken);
        return counted.SingleOrDefault();
    }

    private async Task<TimeSpan> RemainingAsync(PlatformDbContext db, string email, CancellationToken cancellationToken)
    {
        var (now, hash) = (time.GetUtcNow(), Email.Hash(email));
        var until = await db.SignInFailures.Where(failure => failure.EmailHash == hash).Select(failure => failure.BlockedUntil)
            .SingleOrDefaultAsync(cancellationToken);
        return until > now ? until.Value - now : FirstDelay;
    }

    // Of an address that is not verified yet, the password that was chosen last: see SignUps.
    private static Task<Account?> FindAsync(PlatformDbContext db, string email, CancellationToken cancellationToken) =>
        db.Accounts.IgnoreQueryFilters().Include(account => account.User)
            .Where(account => account.ProviderId == Account.Credential && account.User.Email == email && account.User.Deleted == null)
            .Where(account => account.Deleted == null || account.User.EmailVerified == null)
            .OrderByDescending(account => account.Created)
            .FirstOrDefaultAsync(cancellationToken);
}
