using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>The tenant of this request, once <see cref="TenantMemberHandler"/> has found the user to be a member.</summary>
internal sealed class CurrentTenant
{
    private TenantContext? context;

    /// <exception cref="InvalidOperationException">The endpoint is not under a group that requires membership.</exception>
    public TenantContext Context => context
        ?? throw new InvalidOperationException("This request has no tenant: map the endpoint under RequireAuthorization(Policies.TenantMember).");

    /// <summary>Null on requests outside any tenant.</summary>
    public Guid? Id => context?.TenantId;

    public void Enter(Tenant tenant, Guid userId) => context = TenantContext.ForTenant(tenant.Id, userId);
}
