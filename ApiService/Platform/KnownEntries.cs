using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.Data;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

/// <summary>Which tenant somebody of the platform's staff has entered in this session, without asking the database each time.</summary>
internal sealed class KnownEntries(TenancyDb<PlatformDbContext> platform, KnownStaff staff, AccessCache cache, TimeProvider time)
{
    private const string Everything = "*";
    private const string Reading = ":read";

    /// <summary>Null when the user is not of the staff, or has not entered the tenant in this session, or not any more.</summary>
    public async ValueTask<KnownEntry?> FindAsync(ClaimsPrincipal user, string name, CancellationToken cancellationToken)
    {
        if (await staff.FindAsync(user, cancellationToken) is not { } member)
        {
            return null;
        }

        var spelling = Guid.TryParseExact(name, "D", out var id) ? id.ToString() : name;
        var key = new Key(member.UserId, user.GetSessionId(), member.Role, spelling);
        return await cache.GetAsync(key, cancel => ReadAsync(key, cancel), cancellationToken);
    }

    private async Task<KnownEntry?> ReadAsync(Key key, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForPlatform(key.UserId));
        var entry = await db.FindEntryAsync(key.UserId, key.SessionId, key.Name, time.GetUtcNow(), cancellationToken);

        return entry is null
            ? null
            : new KnownEntry(entry.TenantId, entry.UserId, await PermissionsOfAsync(key.Role, db, cancellationToken), entry.Expires);
    }

    private static async Task<PermissionSet> PermissionsOfAsync(string role, PlatformDbContext db, CancellationToken cancellationToken) =>
        role == PlatformRole.Admin
            ? new PermissionSet([Everything])
            : new PermissionSet(await db.Permissions.Select(entry => entry.Key).Where(key => key.EndsWith(Reading)).ToListAsync(cancellationToken));

    private sealed record Key(Guid UserId, Guid SessionId, string Role, string Name);
}

internal sealed record KnownEntry(Guid TenantId, Guid UserId, PermissionSet Permissions, DateTimeOffset Expires) : IRemembered
{
    public IReadOnlyList<AccessChange> Subjects { get; } = [AccessChange.OfUser(UserId), AccessChange.OfTenant(TenantId)];

    public DateTimeOffset? Ends => Expires;
}
