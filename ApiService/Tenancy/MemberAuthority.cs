using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>
/// What somebody may do to members beyond having the permission to: nobody gives away more than they have, and only who may do
/// everything touches those who may do everything.
/// </summary>
internal static class MemberAuthority
{
    public const string Write = "members:write";

    private const string Everything = "*";
    private const string StaffScope = "platform";

    /// <summary>Why the user may not give these roles; null when they may. Roles must be the tenant's own or the system's.</summary>
    public static async Task<ProblemHttpResult?> RefusalToGiveAsync(
        this PlatformDbContext db, PermissionSet granter, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        var granted = await db.RolesNamedAsync(roles, cancellationToken);

        if (roles.Except(granted.Keys).FirstOrDefault() is { } unknown)
        {
            return ProblemType.Invalid("roles", $"The tenant has no role '{unknown}'.");
        }

        return roles.FirstOrDefault(role => !granted[role].All(granter.Implies)) is { } beyond
            ? ProblemType.RoleBeyondYours.Result($"Your roles do not imply all that '{beyond}' permits: ask an owner.")
            : null;
    }

    /// <summary>Why the user may not change this member; null when they may.</summary>
    public static async Task<ProblemHttpResult?> RefusalToChangeAsync(
        this PlatformDbContext db, PermissionSet changer, TenantUser member, CancellationToken cancellationToken)
    {
        if (!changer.Implies(Write))
        {
            return ProblemType.MissingPermission.Result();
        }

        var permissions = (await db.RolesNamedAsync(member.Roles, cancellationToken)).Values.SelectMany(role => role);

        return permissions.Contains(Everything) && !changer.Implies(Everything)
            ? ProblemType.OwnersOnly.Result("This member owns the tenant, or may do all that owners may.")
            : null;
    }

    /// <summary>
    /// What the caller may do, asked under the lock: they may have lost their roles, or their membership, since the request
    /// began. The platform's staff is no member and keeps what it came with.
    /// </summary>
    public static async Task<PermissionSet> CallersPermissionsAsync(
        this PlatformDbContext db, CurrentTenant current, CancellationToken cancellationToken) =>
        current.Context.Scope == StaffScope
            ? current.Permissions
            : await db.MembersPermissionsAsync(current.Context.UserId!.Value, cancellationToken);

    /// <summary>What a member may do; nothing when they are suspended or none any more. Ask under <see cref="MemberLock"/>.</summary>
    public static async Task<PermissionSet> MembersPermissionsAsync(this PlatformDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        var roles = await db.TenantUsers
            .Where(member => member.TenantId == db.TenantId && member.UserId == userId && member.Status == TenantUserStatus.Active)
            .Select(member => member.Roles)
            .SingleOrDefaultAsync(cancellationToken);

        return new((await db.RolesNamedAsync(roles ?? [], cancellationToken)).Values.SelectMany(permissions => permissions));
    }

    /// <summary>Why nobody comes in on this member's word any more, as with those who leave; null when it counts.</summary>
    public static async Task<ProblemHttpResult?> RefusalOfInviterAsync(
        this PlatformDbContext db, Guid inviter, string needed, string[] roles, CancellationToken cancellationToken)
    {
        var permissions = await db.MembersPermissionsAsync(inviter, cancellationToken);

        return permissions.Implies(needed) && await db.RefusalToGiveAsync(permissions, roles, cancellationToken) is null
            ? null
            : ProblemType.InvitationGone.Result("Who sent it may not invite to this any more: somebody else has to cancel it and send a new one.");
    }

    /// <summary>Whether the system or the tenant has a role of this name.</summary>
    public static Task<bool> HasRoleAsync(this PlatformDbContext db, string name, CancellationToken cancellationToken) =>
        db.RolesOfTenant().AnyAsync(role => role.Name == name, cancellationToken);

    private static Task<Dictionary<string, IReadOnlyList<string>>> RolesNamedAsync(
        this PlatformDbContext db, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        db.RolesOfTenant().Where(role => names.Contains(role.Name)).ToDictionaryAsync(role => role.Name, role => role.Permissions, cancellationToken);
}
