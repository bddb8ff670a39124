using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;

namespace TenantPlatform.ApiService.Tenancy;

internal static class MemberLimit
{
    /// <summary>How many members the context's tenant may have; null is without limit.</summary>
    public static async Task<int?> MemberLimitAsync(this PlatformDbContext db, CancellationToken cancellationToken)
    {
        var limits = await db.Tenants.IgnoreQueryFilters().Where(tenant => tenant.Id == db.TenantId)
            .Join(db.Plans.IgnoreQueryFilters(), tenant => tenant.Plan, plan => plan.Key, (tenant, plan) => new { Own = tenant.PlanLimits, plan.Limits })
            .SingleAsync(cancellationToken);

        // What was agreed with the tenant takes the place of its plan's limits as a whole.
        return (limits.Own ?? limits.Limits).Members;
    }
}
