using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>What <see cref="InvitationRules"/> decide upon, read once for all who are to be invited.</summary>
/// <param name="Caller">What the caller may do.</param>
/// <param name="Domains">Of addresses that the tenant takes in; null for all.</param>
/// <param name="Members">The addresses under which the tenant knows members.</param>
/// <param name="Pending">The addresses that have open invitations.</param>
/// <param name="Room">How many more may be invited: everybody who accepts must find a place. Null is without limit.</param>
/// <param name="Roles">For each role why it cannot be given, or null.</param>
internal sealed record InvitationFacts(
    PermissionSet Caller, IReadOnlyList<string>? Domains, HashSet<string> Members, HashSet<string> Pending, int? Room,
    HashSet<Guid> Teams, HashSet<Guid> Paths, Dictionary<string, ProblemHttpResult?> Roles)
{
    /// <summary>Ask under <see cref="MemberLock"/>.</summary>
    public static async Task<InvitationFacts> ReadAsync(
        PlatformDbContext db, CurrentTenant current, TenantSettings settings, IReadOnlyList<InvitationWish> wishes, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var emails = wishes.Select(wish => wish.Email).ToHashSet();
        var open = db.Invitations.Where(invitation => invitation.Status == InvitationStatus.Pending && invitation.Expires > now);
        var caller = await db.CallersPermissionsAsync(current, cancellationToken);

        return new InvitationFacts(
            caller,
            settings.EmailDomains,
            await MembersAsync(db, emails, cancellationToken),
            await open.Where(invitation => emails.Contains(invitation.Email)).Select(invitation => invitation.Email).ToHashSetAsync(cancellationToken),
            await RoomAsync(db, open, cancellationToken),
            await TeamsAsync(db, [.. wishes.Select(wish => wish.TeamId).OfType<Guid>()], cancellationToken),
            await db.OnboardingPathsAsync([.. wishes.Select(wish => wish.OnboardingPathId).OfType<Guid>()], cancellationToken),
            await RefusalsToGiveAsync(db, caller, wishes.Select(wish => wish.Role).ToHashSet(), cancellationToken));
    }

    private static async Task<int?> RoomAsync(PlatformDbContext db, IQueryable<Invitation> open, CancellationToken cancellationToken) =>
        await db.MemberLimitAsync(cancellationToken)
            - await db.TenantUsers.CountAsync(member => member.TenantId == db.TenantId, cancellationToken)
            - await open.CountAsync(cancellationToken);

    private static Task<HashSet<string>> MembersAsync(PlatformDbContext db, HashSet<string> emails, CancellationToken cancellationToken) =>
        db.TenantUsers.Where(member => member.TenantId == db.TenantId)
            .Join(db.MemberProfiles(), member => member.UserId, profile => profile.UserId, (_, profile) => profile.Email)
            .Where(email => emails.Contains(email))
            .ToHashSetAsync(cancellationToken);

    private static async Task<HashSet<Guid>> TeamsAsync(PlatformDbContext db, HashSet<Guid> ids, CancellationToken cancellationToken) =>
        ids.Count is 0 ? [] : await db.Teams.Where(team => ids.Contains(team.Id)).Select(team => team.Id).ToHashSetAsync(cancellationToken);

    private static async Task<Dictionary<string, ProblemHttpResult?>> RefusalsToGiveAsync(
        PlatformDbContext db, PermissionSet giver, HashSet<string> roles, CancellationToken cancellationToken)
    {
        var refusals = new Dictionary<string, ProblemHttpResult?>();

        foreach (var role in roles)
        {
            refusals[role] = await db.HasRoleAsync(role, cancellationToken)
                ? await db.RefusalToGiveAsync(giver, [role], cancellationToken)
                : ProblemType.Invalid("role", $"The tenant has no role '{role}'.");
        }

        return refusals;
    }
}
