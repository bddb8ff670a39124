using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

/// <summary>An invitation to become a member. The link names the tenant and the token, which is all its holder needs.</summary>
public sealed class Invitation : IInvitation, ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Lower case; one pending invitation for each.</summary>
    public required string Email { get; init; }

    /// <summary>Name of an <see cref="Access.Role"/>.</summary>
    public string Role { get; set; } = TenantRole.Member;

    public string Status { get; set; } = InvitationStatus.Pending;

    public DateTimeOffset Expires { get; set; }

    public Guid InvitedBy { get; init; }

    /// <summary>SHA-256 of the token in the link; sending again makes a new one.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The team that the person also joins.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>The onboarding path to begin with. No foreign key: paths are tenant plane, which the control plane does not refer to.</summary>
    public Guid? OnboardingPathId { get; init; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

public static class InvitationStatus
{
    public const string Pending = "pending";
    public const string Accepted = "accepted";
    public const string Rejected = "rejected";
    public const string Canceled = "canceled";
}
