using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>A tenant always has an owner who is let in.</summary>
internal static class Owners
{
    /// <summary>What to do instead.</summary>
    public const string Advice = "Make another member an owner first, by their roles or by transfer-ownership, or delete the tenant.";

    public static bool IsActiveOwner(this TenantUser member) =>
        member is { Status: TenantUserStatus.Active, Deleted: null } && member.Roles.Contains(TenantRole.Owner);

    /// <summary>Whether the tenant has an active owner besides this member. Ask under <see cref="MemberLock"/>.</summary>
    public static Task<bool> HasOtherOwnerAsync(this PlatformDbContext db, Guid userId, CancellationToken cancellationToken) =>
        db.TenantUsers.AnyAsync(
            member => member.TenantId == db.TenantId && member.UserId != userId
                && member.Status == TenantUserStatus.Active && member.Roles.Contains(TenantRole.Owner),
            cancellationToken);
}
