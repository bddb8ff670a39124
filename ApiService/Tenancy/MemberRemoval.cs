using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

internal enum Removal
{
    Removed,
    NotAMember,

    /// <summary>Nothing changes: see <see cref="Owners"/>.</summary>
    LastOwner,
}

/// <summary>
/// How a membership ends, whoever ends it. The row stays, because what the person made refers to it, and comes alive again if
/// they return; what was theirs to do is nobody's then.
/// </summary>
internal sealed class MemberRemoval(TimeProvider time)
{
    /// <summary>In a transaction of <paramref name="db"/>, open in the tenant's context, which the caller commits.</summary>
    public async Task<Removal> RemoveAsync(PlatformDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        await db.LockMembersAsync(cancellationToken);

        // FOR UPDATE waits for whoever is assigning something to the person at this moment, so that it is seen below.
        var member = await db.TenantUsers
            .FromSql($"select * from platform.tenant_users where tenant_id = {db.TenantId} and user_id = {userId} for update")
            .SingleOrDefaultAsync(cancellationToken);

        if (member is null)
        {
            return Removal.NotAMember;
        }

        if (member.IsActiveOwner() && !await db.HasOtherOwnerAsync(userId, cancellationToken))
        {
            return Removal.LastOwner;
        }

        var now = time.GetUtcNow();
        member.Deleted = now;
        await db.SaveChangesAsync(cancellationToken);
        await EndTeamsAsync(db, userId, now, cancellationToken);
        await CancelInvitationsAsync(db, userId, now, cancellationToken);
        await ClearReferencesAsync(db, userId, now, cancellationToken);
        return Removal.Removed;
    }

    private static Task<int> EndTeamsAsync(PlatformDbContext db, Guid userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.TeamMembers.Where(member => member.UserId == userId).ExecuteUpdateAsync(
            set => set.SetProperty(member => member.Deleted, now).SetProperty(member => member.Updated, now), cancellationToken);

    // Nobody comes in any more on the word of a person who has no say here.
    private static async Task CancelInvitationsAsync(PlatformDbContext db, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Invitations.Where(invitation => invitation.InvitedBy == userId && invitation.Status == InvitationStatus.Pending).ExecuteUpdateAsync(
            set => set.SetProperty(invitation => invitation.Status, InvitationStatus.Canceled).SetProperty(invitation => invitation.Updated, now),
            cancellationToken);
        await db.TeamInvitations.Where(invitation => invitation.InvitedBy == userId && invitation.Status == InvitationStatus.Pending).ExecuteUpdateAsync(
            set => set.SetProperty(invitation => invitation.Status, InvitationStatus.Canceled).SetProperty(invitation => invitation.Updated, now),
            cancellationToken);
    }

    // The tenant plane in the same transaction, for which TenantDbContext would need one of its own: the search_path leads to where
    // the tenant lives. These are the columns whose foreign keys restrict.
    private static async Task ClearReferencesAsync(PlatformDbContext db, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"update todos set assigned_to = null, version = version + 1, updated = {now} where tenant_id = {db.TenantId} and assigned_to = {userId}",
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"update onboarding_paths set created_by = null, version = version + 1, updated = {now} where tenant_id = {db.TenantId} and created_by = {userId}",
            cancellationToken);
    }
}
