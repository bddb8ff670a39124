using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using TenantPlatform.ApiService.Identity;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

public sealed class CreateInvitationRequest
{
    [Required, StringLength(Identity.Email.MaximumLength), RegularExpression(Identity.Email.Pattern, ErrorMessage = Identity.Email.PatternMessage)]
    public string Email { get; set; } = "";

    /// <summary>The tenant's default role if left out.</summary>
    [StringLength(50, MinimumLength = 1)]
    public string? Role { get; set; }

    /// <summary>A team that the person also joins.</summary>
    public Guid? TeamId { get; set; }

    /// <summary>The onboarding path to begin with.</summary>
    public Guid? OnboardingPathId { get; set; }
}

public sealed class CreateInvitationsRequest : IValidatableObject
{
    public const int Maximum = 100;

    [Required, Length(1, Maximum)]
    public IReadOnlyList<CreateInvitationRequest> Invitations { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from entry in Invitations.Index()
        where entry.Item is null
        select new ValidationResult("An invitation is missing.", [$"{nameof(Invitations)}[{entry.Index}]"]);
}

/// <summary>What the message to the invited person says.</summary>
public sealed class InvitationTokenRequest
{
    [Required]
    public Guid? TenantId { get; set; }

    [Required, StringLength(TokenRequest.MaximumLength)]
    public string Token { get; set; } = "";
}

internal sealed record InvitationResponse(
    Guid Id, string Email, string Role, string Status, Guid? TeamId, Guid? OnboardingPathId, Guid InvitedBy,
    DateTimeOffset Expires, DateTimeOffset Created, DateTimeOffset Updated)
{
    /// <param name="now">Decides which pending invitations have expired.</param>
    public static Expression<Func<Invitation, InvitationResponse>> FromInvitation(DateTimeOffset now) => invitation => new InvitationResponse(
        invitation.Id, invitation.Email, invitation.Role,
        invitation.Status == InvitationStatus.Pending && invitation.Expires <= now ? InvitationState.Expired : invitation.Status,
        invitation.TeamId, invitation.OnboardingPathId, invitation.InvitedBy, invitation.Expires, invitation.Created, invitation.Updated);

    /// <summary>Of one that has just been made or sent again.</summary>
    public static InvitationResponse FromOpen(Invitation invitation) => new(
        invitation.Id, invitation.Email, invitation.Role, invitation.Status,
        invitation.TeamId, invitation.OnboardingPathId, invitation.InvitedBy, invitation.Expires, invitation.Created, invitation.Updated);
}

internal sealed record CreatedInvitationsResponse(IReadOnlyList<InvitationOutcome> Items);

/// <summary>Either the invitation or why there is none.</summary>
internal sealed record InvitationOutcome(string Email, InvitationResponse? Invitation, InvitationRefusal? Refusal)
{
    public static InvitationOutcome From(IssuedInvitation issued) => new(
        issued.Email,
        issued.Invitation is { } invitation ? InvitationResponse.FromOpen(invitation) : null,
        issued.Refusal is { } refusal ? InvitationRefusal.From(refusal) : null);
}

/// <summary>What a problem document would say, had there been this one invitation only.</summary>
internal sealed record InvitationRefusal(string Type, string Title, string? Detail)
{
    public static InvitationRefusal From(ProblemHttpResult problem) => new(
        problem.ProblemDetails.Type!,
        problem.ProblemDetails.Title!,
        problem.ProblemDetails is HttpValidationProblemDetails invalid
            ? string.Join(' ', invalid.Errors.Values.SelectMany(messages => messages))
            : problem.ProblemDetails.Detail);
}

internal sealed record InvitationOfferResponse(
    string TenantName, string? TenantLogo, string? TeamName, string Email, string Role, string? InvitedByName, DateTimeOffset Expires)
{
    public static InvitationOfferResponse From(InvitationOffer offer) =>
        new(offer.TenantName, offer.TenantLogo, offer.TeamName, offer.Email, offer.Role, offer.InvitedByName, offer.Expires);
}

/// <param name="TeamId">The team that the invitation was to, if any.</param>
/// <param name="OnboardingPathId">Where the invitation says that the person begins.</param>
internal sealed record AcceptedInvitationResponse(TenantResponse Tenant, Guid? TeamId, Guid? OnboardingPathId);
