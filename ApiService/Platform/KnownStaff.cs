using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.Data;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Platform;

/// <summary>Who is of the platform's staff, and as what, without asking the database each time.</summary>
internal sealed class KnownStaff(TenancyDb<PlatformDbContext> platform, AccessCache cache)
{
    /// <summary>Null for everybody else, and for who acts as somebody else: staff is nobody but oneself.</summary>
    public async ValueTask<KnownStaffMember?> FindAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.GetImpersonator() is not null)
        {
            return null;
        }

        var userId = user.GetUserId();
        return await cache.GetAsync(new Key(userId), cancel => ReadAsync(userId, cancel), cancellationToken);
    }

    private async Task<KnownStaffMember?> ReadAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForUser(userId));
        return await db.PlatformUsers
            .Where(staff => staff.UserId == userId)
            .Select(staff => new KnownStaffMember(staff.UserId, staff.Role))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Key(Guid UserId);
}

internal sealed record KnownStaffMember(Guid UserId, string Role) : IRemembered
{
    public IReadOnlyList<AccessChange> Subjects { get; } = [AccessChange.OfUser(UserId)];
}
