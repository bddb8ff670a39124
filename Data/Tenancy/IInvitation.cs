namespace TenantPlatform.Data.Tenancy;

/// <summary>What its recipient can answer: an invitation to the tenant, or to a team.</summary>
public interface IInvitation
{
    /// <summary>One of <see cref="InvitationStatus"/>.</summary>
    string Status { get; set; }

    DateTimeOffset Expires { get; }

    Guid InvitedBy { get; }

    Guid? OnboardingPathId { get; }
}
