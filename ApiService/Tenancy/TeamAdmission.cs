using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>How members come into teams. One row per person and team: who comes back gets the old one.</summary>
internal static class TeamAdmission
{
    /// <summary>
    /// Puts the member into the team, or gives them this role if they are in it. In a transaction of <paramref name="db"/>, which
    /// the caller saves and commits, and in which the user is a member of the tenant by now.
    /// </summary>
    /// <returns>Null when the tenant has no such team (any more).</returns>
    public static async Task<TeamMember?> JoinTeamAsync(
        this PlatformDbContext db, Guid teamId, Guid userId, string role, CancellationToken cancellationToken)
    {
        await db.LockMembersAsync(cancellationToken);

        if (!await db.Teams.AnyAsync(team => team.Id == teamId, cancellationToken))
        {
            return null;
        }

        var row = await db.TeamMembers.IgnoreQueryFilters().SingleOrDefaultAsync(
            member => member.TenantId == db.TenantId && member.TeamId == teamId && member.UserId == userId, cancellationToken);

        if (row is null)
        {
            row = new TeamMember { TenantId = db.TenantId, TeamId = teamId, UserId = userId };
            db.TeamMembers.Add(row);
        }

        (row.Role, row.Deleted) = (role, null);
        return row;
    }

    public static Task<bool> IsInTeamAsync(this PlatformDbContext db, Guid teamId, Guid userId, CancellationToken cancellationToken) =>
        db.TeamMembers.AnyAsync(member => member.TeamId == teamId && member.UserId == userId, cancellationToken);
}
