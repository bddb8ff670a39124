using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.Data;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Authentication;

/// <summary>Whose session a token opens, without asking the database each time.</summary>
internal sealed class KnownSessions(TenancyDb<PlatformDbContext> platform, AccessCache cache, TimeProvider time)
{
    /// <summary>Null when the session has ended, when its user may not sign in, or when who acts as the user in it may not, or not any more.</summary>
    public ValueTask<KnownSession?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var hash = SessionToken.Hash(token);
        return cache.GetAsync(new Key(Convert.ToBase64String(hash)), cancel => ReadAsync(hash, cancel), cancellationToken);
    }

    private async Task<KnownSession?> ReadAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var welcome = db.Users.WhereMaySignIn(now);
        var admins = db.PlatformUsers.Where(staff => staff.Role == PlatformRole.Admin);

        return await db.Sessions
            .Where(session => session.TokenHash == hash && session.Expires > now && welcome.Any(user => user.Id == session.UserId))
            .Where(session => session.ImpersonatedBy == null
                || (welcome.Any(user => user.Id == session.ImpersonatedBy) && admins.Any(admin => admin.UserId == session.ImpersonatedBy)
                    && !db.PlatformUsers.Any(staff => staff.UserId == session.UserId)))
            .Select(session => new KnownSession(session.Id, session.UserId, session.ImpersonatedBy, session.Expires))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Key(string TokenHash);
}

internal sealed record KnownSession(Guid Id, Guid UserId, Guid? ImpersonatedBy, DateTimeOffset Expires) : IRemembered
{
    public IReadOnlyList<AccessChange> Subjects { get; } = ImpersonatedBy is { } impersonator
        ? [AccessChange.OfUser(UserId), AccessChange.OfUser(impersonator)]
        : [AccessChange.OfUser(UserId)];

    public DateTimeOffset? Ends => Expires;
}
