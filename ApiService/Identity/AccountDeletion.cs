using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Notifications;
using TenantPlatform.ApiService.Tenancy;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

/// <summary>A tenant that would have no owner.</summary>
internal sealed record OwnedTenant(Guid Id, string Slug, string Name);

/// <summary>
/// How somebody leaves for good: marked deleted, so that what they made still says who made it, while their address is free again.
/// Tenant by tenant and the person last, as no transaction sees two tenants: what fails on the way can simply be repeated.
/// </summary>
internal sealed class AccountDeletion(
    TenancyDb<PlatformDbContext> platform, MemberRemoval removal, OneTimeTokens tokens, OutboxQueue outbox, TimeProvider time)
{
    /// <summary>The tenants that keep the person from leaving; none if they have left.</summary>
    public async Task<List<OwnedTenant>> DeleteAsync(Guid userId, CancellationToken cancellationToken)
    {
        var tenants = await FindTenantsAsync(userId, cancellationToken);
        var orphans = new List<OwnedTenant>();

        // All are looked at before anything is changed, so that the answer names all of them.
        foreach (var (tenantId, tenant) in tenants.Where(membership => membership.Value is not null))
        {
            if (await IsSoleOwnerAsync(tenantId, userId, cancellationToken))
            {
                orphans.Add(tenant!);
            }
        }

        foreach (var (tenantId, tenant) in orphans.Count is 0 ? tenants : [])
        {
            if (!await LeaveAsync(tenantId, userId, tenant is null, cancellationToken))
            {
                // The other owner went at the same moment.
                return [tenant!];
            }
        }

        if (orphans.Count is 0)
        {
            await DeletePersonAsync(userId, cancellationToken);
        }

        return orphans;
    }

    /// <summary>By id; null for a tenant that is deleted, and needs no owner.</summary>
    private async Task<Dictionary<Guid, OwnedTenant?>> FindTenantsAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForUser(userId));
        var memberships = await db.TenantUsers.Where(member => member.UserId == userId)
            .Select(member => member.TenantId).ToListAsync(cancellationToken);
        var names = await db.Tenants.Where(tenant => memberships.Contains(tenant.Id))
            .Select(tenant => new OwnedTenant(tenant.Id, tenant.Slug, tenant.Name)).ToDictionaryAsync(tenant => tenant.Id, cancellationToken);

        return memberships.ToDictionary(tenantId => tenantId, names.GetValueOrDefault);
    }

    private async Task<bool> IsSoleOwnerAsync(Guid tenantId, Guid userId, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForTenant(tenantId, userId));
        var member = await db.TenantUsers.SingleOrDefaultAsync(member => member.TenantId == tenantId && member.UserId == userId, cancellationToken);
        return member?.IsActiveOwner() is true && !await db.HasOtherOwnerAsync(userId, cancellationToken);
    }

    private async Task<bool> LeaveAsync(Guid tenantId, Guid userId, bool ownerless, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForTenant(tenantId, userId));
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await removal.RemoveAsync(db, userId, cancellationToken) is Removal.LastOwner)
        {
            if (!ownerless)
            {
                return false;
            }

            var member = await db.TenantUsers.SingleAsync(member => member.TenantId == tenantId && member.UserId == userId, cancellationToken);
            member.Deleted = time.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task DeletePersonAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = platform.Open(TenantContext.ForAuthentication);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var user = await db.Users.SingleAsync(user => user.Id == userId, cancellationToken);
        user.Deleted = now;

        foreach (var account in await db.Accounts.Where(account => account.UserId == userId).ToListAsync(cancellationToken))
        {
            account.Deleted = now;
        }

        await db.EndSessionsAsync(userId, except: null, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await tokens.VoidAsync(db, user.Email, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await outbox.WithdrawAsync(user.Email, cancellationToken);
    }
}
