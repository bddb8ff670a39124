using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Fixtures;

/// <summary>A tenant with one member, its owner.</summary>
public sealed record TestTenant(Guid Id, string Key, string Slug, Guid OwnerId)
{
    /// <summary>Its owner at work.</summary>
    public TenantContext Context => TenantContext.ForTenant(Id, OwnerId);
}
