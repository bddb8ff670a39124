using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;

namespace TenantPlatform.ApiService.Tenancy;

internal static class InvitationPaths
{
    /// <summary>Those of them that the context's tenant has.</summary>
    public static async Task<HashSet<Guid>> OnboardingPathsAsync(
        this PlatformDbContext db, Guid[] ids, CancellationToken cancellationToken) =>

        // In the tenant plane, where the search_path leads: TenantDbContext would need a transaction of its own, under the lock.
        ids.Length is 0 ? [] : await db.Database.SqlQuery<Guid>(
            $"""select id as "Value" from onboarding_paths where tenant_id = {db.TenantId} and id = any({ids}) and deleted is null""")
            .ToHashSetAsync(cancellationToken);
}
