using Microsoft.AspNetCore.Http.HttpResults;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>Somebody who is to be invited.</summary>
internal sealed record InvitationWish(string Email, string Role, Guid? TeamId, Guid? OnboardingPathId)
{
    public static InvitationWish Of(Invitation invitation) =>
        new(invitation.Email, invitation.Role, invitation.TeamId, invitation.OnboardingPathId);
}

/// <summary>Whom the caller may invite as the tenant stands.</summary>
internal sealed class InvitationRules(InvitationFacts facts)
{
    public const string Write = "invitations:write";

    private readonly HashSet<string> pending = [.. facts.Pending];
    private int? room = facts.Room;

    /// <summary>Why they cannot be invited. When they can, they count from then on, so that nobody comes twice.</summary>
    public ProblemHttpResult? Refusal(InvitationWish wish) => RefusalOfPerson(wish) ?? RefusalOfPlaces(wish) ?? RefusalToSend(wish);

    /// <summary>Why an invitation, which may have expired, cannot be sent again.</summary>
    public ProblemHttpResult? RefusalToResend(InvitationWish wish) =>
        RefusalOfPerson(wish) ?? RefusalOfPlaces(wish) ?? (pending.Contains(wish.Email) ? null : RefusalToSend(wish));

    private ProblemHttpResult? RefusalOfPerson(InvitationWish wish)
    {
        if (!facts.Caller.Implies(Write))
        {
            return ProblemType.MissingPermission.Result();
        }

        if (facts.Domains is { } domains && !domains.Contains(wish.Email[(wish.Email.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase))
        {
            return ProblemType.Invalid("email", $"The tenant takes in addresses of these domains only: {string.Join(", ", domains)}.");
        }

        return facts.Members.Contains(wish.Email)
            ? ProblemType.AlreadyMember.Result("Change their roles instead, or add them to the team.")
            : facts.Roles[wish.Role];
    }

    private ProblemHttpResult? RefusalOfPlaces(InvitationWish wish)
    {
        // An invitation is no way around the permission to add people to a team.
        if (wish.TeamId is not null && !facts.Caller.Implies(TeamEndpoints.Write))
        {
            return ProblemType.MissingPermission.Result($"Inviting into a team needs {TeamEndpoints.Write}: leave teamId out.");
        }

        if (wish.TeamId is { } team && !facts.Teams.Contains(team))
        {
            return ProblemType.Invalid("teamId", "There is no such team in the tenant.");
        }

        return wish.OnboardingPathId is { } path && !facts.Paths.Contains(path)
            ? ProblemType.Invalid("onboardingPathId", "There is no such onboarding path in the tenant.")
            : null;
    }

    private ProblemHttpResult? RefusalToSend(InvitationWish wish)
    {
        if (pending.Contains(wish.Email))
        {
            return ProblemType.Invalid("email", Constraint.Describe("ix_invitations_tenant_id_email")!.Message);
        }

        if (room <= 0)
        {
            return ProblemType.PlanLimit.Result(
                "Members and open invitations together are as many as the tenant's plan allows: cancel an invitation, remove somebody, or choose a larger plan.");
        }

        room--;
        pending.Add(wish.Email);
        return null;
    }
}
