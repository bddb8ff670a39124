using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

public sealed partial class TenantSettingsRequest : IValidatableObject
{
    internal const int MaximumDomains = 50;

    /// <summary>Role of an invitation that names none.</summary>
    [Required, StringLength(50)]
    public string DefaultRole { get; set; } = TenantRole.Member;

    /// <summary>Days until an invitation expires.</summary>
    [Required, Range(1, 30)]
    public int? InvitationDays { get; set; }

    /// <summary>Domains of addresses that may be invited; leave it out for all.</summary>
    [MaxLength(MaximumDomains)]
    public IReadOnlyList<string>? EmailDomains { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from entry in (EmailDomains ?? []).Index()
        where entry.Item is null || !Domain().IsMatch(entry.Item)
        select new ValidationResult("Write a domain in lower case, such as example.org.", [$"{nameof(EmailDomains)}[{entry.Index}]"]);

    internal TenantSettings ToSettings() => new()
    {
        DefaultRole = DefaultRole,
        InvitationDays = InvitationDays!.Value,
        EmailDomains = EmailDomains is { Count: > 0 } ? EmailDomains : null,
    };

    [GeneratedRegex(@"^(?=.{3,253}\z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+\z")]
    private static partial Regex Domain();
}

internal sealed record TenantSettingsResponse(string DefaultRole, int InvitationDays, IReadOnlyList<string>? EmailDomains)
{
    public static TenantSettingsResponse From(TenantSettings settings) => new(settings.DefaultRole, settings.InvitationDays, settings.EmailDomains);
}
