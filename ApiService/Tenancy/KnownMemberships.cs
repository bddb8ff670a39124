using TenantPlatform.ApiService.Access;
using TenantPlatform.Data;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>Which membership a user means by the tenant's name in the path, without asking the database each time.</summary>
internal sealed class KnownMemberships(TenancyDb<PlatformDbContext> platform, AccessCache cache)
{
    /// <summary>See <see cref="Memberships.FindMembershipAsync"/>.</summary>
    public ValueTask<KnownMembership?> FindAsync(Guid userId, string name, CancellationToken cancellationToken)
    {
        // Or a tenant's id could be remembered once for each way of writing it.
        var spelling = Guid.TryParseExact(name, "D", out var id) ? id.ToString() : name;
        return cache.GetAsync(new Key(userId, spelling), cancel => ReadAsync(userId, spelling, cancel), cancellationToken);
    }

    private async Task<KnownMembership?> ReadAsync(Guid userId, string name, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForUser(userId));
        var membership = await db.FindMembershipAsync(userId, name, cancellationToken);
        return membership is null ? null : new KnownMembership(membership.TenantId, userId, membership.Roles, membership.Tenant.Status);
    }

    private sealed record Key(Guid UserId, string Name);
}

internal sealed record KnownMembership(Guid TenantId, Guid UserId, string[] Roles, string TenantStatus) : IRemembered
{
    public IReadOnlyList<AccessChange> Subjects { get; } = [AccessChange.OfUser(UserId), AccessChange.OfTenant(TenantId)];
}
