using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

internal enum Admission
{
    Admitted,

    /// <summary>Nothing changes, neither the roles.</summary>
    AlreadyMember,

    /// <summary>A member whom the tenant has suspended; only the tenant lets them in again.</summary>
    Suspended,

    /// <summary>The tenant has as many members as its plan allows.</summary>
    LimitReached,
}

internal static class AdmissionRefusal
{
    /// <summary>What to answer; null when the user is a member now.</summary>
    public static ProblemHttpResult? Refusal(this Admission admission) => admission switch
    {
        Admission.Suspended => ProblemType.Forbidden.Result("The tenant has suspended this membership: ask one of its owners to lift that."),
        Admission.LimitReached => ProblemType.PlanLimit.Result(
            "The tenant has as many members as its plan allows: remove somebody, or choose a larger plan."),
        _ => null,
    };
}

/// <summary>How people become members, however they come. One row per person: who comes back gets the old one.</summary>
internal sealed class MemberAdmission(TimeProvider time)
{
    /// <summary>
    /// Makes the user a member of the tenant whose context <paramref name="db"/> has. In a transaction of it, which the caller
    /// saves and commits. Whether the roles exist is the caller's to know.
    /// </summary>
    public async Task<Admission> AdmitAsync(PlatformDbContext db, Guid userId, string[] roles, CancellationToken cancellationToken)
    {
        await db.LockMembersAsync(cancellationToken);
        var row = await db.TenantUsers.IgnoreQueryFilters()
            .SingleOrDefaultAsync(member => member.TenantId == db.TenantId && member.UserId == userId, cancellationToken);

        if (row is { Deleted: null })
        {
            return row.Status == TenantUserStatus.Active ? Admission.AlreadyMember : Admission.Suspended;
        }

        if (await db.MemberLimitAsync(cancellationToken) is { } limit
            && await db.TenantUsers.CountAsync(member => member.TenantId == db.TenantId, cancellationToken) >= limit)
        {
            return Admission.LimitReached;
        }

        if (row is null)
        {
            row = new TenantUser { TenantId = db.TenantId, UserId = userId, Roles = roles };
            db.TenantUsers.Add(row);
        }

        (row.Roles, row.Status, row.Joined, row.Deleted) = (roles, TenantUserStatus.Active, time.GetUtcNow(), null);
        return Admission.Admitted;
    }
}
