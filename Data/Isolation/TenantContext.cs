namespace TenantPlatform.Data.Isolation;

/// <summary>
/// For whom the database is asked. The database grants nothing without one, and checks its signature, so neither
/// forgotten filters nor injected SQL can widen it.
/// </summary>
public sealed record TenantContext
{
    private TenantContext(string scope, Guid? tenantId, Guid? userId) => (Scope, TenantId, UserId) = (scope, tenantId, userId);

    public string Scope { get; }

    public Guid? TenantId { get; }

    public Guid? UserId { get; }

    /// <summary>Finding out who somebody is: users, accounts and sessions, no tenant's data.</summary>
    public static TenantContext ForAuthentication { get; } = new("auth", null, null);

    /// <summary>A known user outside any tenant: their own rows and memberships.</summary>
    public static TenantContext ForUser(Guid userId) => new("user", null, userId);

    /// <summary>A user at work in one tenant. The caller has checked the membership.</summary>
    public static TenantContext ForTenant(Guid tenantId, Guid userId) => new("tenant", tenantId, userId);

    /// <summary>Somebody of the platform's staff, in the control plane: all tenants and users, no tenant's data.</summary>
    public static TenantContext ForPlatform(Guid userId) => new("platform", null, userId);

    /// <summary>Somebody of the platform's staff who has entered one tenant. The caller has checked and audited the entry.</summary>
    public static TenantContext ForPlatform(Guid tenantId, Guid userId) => new("platform", tenantId, userId);

    /// <summary>The process that sends messages: the outbox and nothing else.</summary>
    public static TenantContext ForDelivery { get; } = new("delivery", null, null);
}
