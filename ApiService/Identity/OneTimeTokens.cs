using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

internal static class TokenPurpose
{
    public const string VerifyEmail = "verify-email";
    public const string AlreadySignedUp = "already-signed-up";
    public const string ResetPassword = "reset-password";
    public const string ChangeEmail = "change-email";
}

/// <summary>A token that came back: whoever sent it reads the mail of the address.</summary>
/// <param name="Email">The address it was sent to.</param>
/// <param name="Subject">What it was issued about.</param>
internal sealed record MailboxProof(string Email, string Subject);

/// <summary>Tokens that are sent to an address and good once. Kept as hashes; all of it in scope auth.</summary>
internal sealed class OneTimeTokens(TimeProvider time)
{
    private const int RandomBytes = 32;
    private const int MaximumPerHour = 5;

    /// <summary>False while the address has had enough messages of the kind: nobody's mailbox is to be flooded through us.</summary>
    public async Task<bool> MayWriteAsync(PlatformDbContext db, string purpose, string email, CancellationToken cancellationToken)
    {
        var (identifier, hourAgo) = (Identifier(purpose, email), time.GetUtcNow().AddHours(-1));
        return await db.Verifications.IgnoreQueryFilters()
            .CountAsync(issued => issued.Identifier == identifier && issued.Created > hourAgo, cancellationToken) < MaximumPerHour;
    }

    /// <summary>Adds the token to <paramref name="db"/>, whose changes the caller saves; it is in the answer and nowhere else.</summary>
    /// <param name="subject">Travels in the token, which its hash keeps from being changed.</param>
    public string Issue(PlatformDbContext db, string purpose, string email, TimeSpan lifetime, string subject = "")
    {
        var token = $"{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(subject))}";
        db.Verifications.Add(new Verification
        {
            Identifier = Identifier(purpose, email),
            ValueHash = Hash(token),
            Expires = time.GetUtcNow() + lifetime,
        });
        return token;
    }

    /// <summary>Uses the token up, whoever else tries at the same moment. Null when it is unknown, used, expired or of another purpose.</summary>
    public async Task<MailboxProof?> RedeemAsync(PlatformDbContext db, string purpose, string token, CancellationToken cancellationToken)
    {
        var (now, hash, prefix) = (time.GetUtcNow(), Hash(token), Identifier(purpose, ""));
        var redeemed = await db.Verifications.FromSql(
            $"""
            update platform.verifications set deleted = {now}, updated = {now}
            where value_hash = {hash} and starts_with(identifier, {prefix}) and deleted is null and expires > {now}
            returning *
            """).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);

        return redeemed is [var verification]
            ? new MailboxProof(verification.Identifier[prefix.Length..], Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.AsSpan(token.IndexOf('.') + 1))))
            : null;
    }

    /// <summary>Nothing that was sent to the address so far is good any more.</summary>
    public Task VoidAsync(PlatformDbContext db, string email, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        string[] identifiers =
        [
            Identifier(TokenPurpose.VerifyEmail, email), Identifier(TokenPurpose.ResetPassword, email), Identifier(TokenPurpose.ChangeEmail, email),
        ];
        return db.Verifications.Where(issued => identifiers.Contains(issued.Identifier)).ExecuteUpdateAsync(
            set => set.SetProperty(issued => issued.Deleted, now).SetProperty(issued => issued.Updated, now), cancellationToken);
    }

    private static string Identifier(string purpose, string email) => $"{purpose}:{email}";

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
