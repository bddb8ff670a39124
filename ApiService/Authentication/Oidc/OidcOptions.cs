using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.ApiService.Authentication.Oidc;

internal sealed class OidcOptions : IValidatableObject
{
    public const string Section = "Authentication:Oidc";

    /// <summary>Issuer of the tokens; its discovery document is below. Empty: no tokens but our own are accepted.</summary>
    public string? Authority { get; set; }

    /// <summary>What the issuer calls this API; tokens for anything else are refused.</summary>
    public string? Audience { get; set; }

    /// <summary>Whether somebody with a verified email gets a user at the first sight of their token.</summary>
    public bool AllowProvisioning { get; set; }

    /// <summary>False for an issuer on the same machine only: who can change the keys on the way can sign in as anybody.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    [Required]
    public string SubjectClaim { get; set; } = "sub";

    [Required]
    public string EmailClaim { get; set; } = "email";

    [Required]
    public string EmailVerifiedClaim { get; set; } = "email_verified";

    [Required]
    public string NameClaim { get; set; } = "name";

    /// <summary>By how much the clocks of issuer and API may differ.</summary>
    [Range(0, 300)]
    public int ClockSkewSeconds { get; set; } = 30;

    /// <summary>After which the issuer is asked again which keys it uses: a withdrawn key is accepted no longer than this.</summary>
    [Range(1, 86_400)]
    public int KeyLifetimeSeconds { get; set; } = 900;

    /// <summary>Pause between two questions to the issuer, however many unknown keys come along.</summary>
    [Range(0.1, 3600)]
    public double KeyRefreshSeconds { get; set; } = 30;

    public bool IsConfigured => !string.IsNullOrEmpty(Authority);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            yield break;
        }

        if (string.IsNullOrEmpty(Audience))
        {
            yield return new ValidationResult($"{Section}:Audience is missing: say for which API the tokens of the authority must be.", [nameof(Audience)]);
        }

        if (!IsAcceptable(Authority))
        {
            yield return new ValidationResult($"{Section}:Authority must be an https address.", [nameof(Authority)]);
        }
    }

    public bool IsAcceptable(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && !RequireHttpsMetadata));
}
