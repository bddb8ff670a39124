using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Access;

internal static class TenantRoles
{
    /// <summary>Those of the system, and those that the context's tenant has made.</summary>
    public static IQueryable<Role> RolesOfTenant(this PlatformDbContext db) =>
        db.Roles.Where(role => role.TenantId == null || role.TenantId == db.TenantId);

    /// <summary>What still refers to the role, as advice to people; null when nothing does. Ask under the members' lock.</summary>
    public static async Task<string?> UseOfRoleAsync(this PlatformDbContext db, string name, CancellationToken cancellationToken)
    {
        if (await db.TenantUsers.AnyAsync(member => member.TenantId == db.TenantId && member.Roles.Contains(name), cancellationToken))
        {
            return "Members have it: give them other roles first.";
        }

        if (await db.Invitations.AnyAsync(invitation => invitation.Status == InvitationStatus.Pending && invitation.Role == name, cancellationToken))
        {
            return "People are invited with it: cancel those invitations first.";
        }

        var settings = await db.Tenants.Where(tenant => tenant.Id == db.TenantId).Select(tenant => tenant.Settings).SingleAsync(cancellationToken);
        return settings.DefaultRole == name ? "It is the default role of invitations: choose another in the settings first." : null;
    }
}
