using TenantPlatform.Data.Access;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>The tenant of this request, once <see cref="TenantMemberHandler"/> has found the user to be a member.</summary>
internal sealed class CurrentTenant
{
    private (TenantContext Context, PermissionSet Permissions)? entered;

    /// <exception cref="InvalidOperationException">The endpoint is not under a group that requires membership.</exception>
    public TenantContext Context => Entered.Context;

    /// <summary>What the user may do in the tenant.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not under a group that requires membership.</exception>
    public PermissionSet Permissions => Entered.Permissions;

    /// <summary>Null on requests outside any tenant.</summary>
    public Guid? Id => entered?.Context.TenantId;

    private (TenantContext Context, PermissionSet Permissions) Entered => entered
        ?? throw new InvalidOperationException("This request has no tenant: map the endpoint under RequirePermission(...).");

    public void Enter(TenantContext context, PermissionSet permissions) => entered = (context, permissions);
}
