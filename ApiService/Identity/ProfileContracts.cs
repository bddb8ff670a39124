using System.ComponentModel.DataAnnotations;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

public sealed class UpdateProfileRequest
{
    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; set; }

    [StringLength(100, MinimumLength = 1)]
    public string? GivenName { get; set; }

    [StringLength(100, MinimumLength = 1)]
    public string? FamilyName { get; set; }

    [StringLength(2048), RegularExpression("^https?://.*$", ErrorMessage = "The address must begin with http:// or https://.")]
    public string? Picture { get; set; }

    [Required, RegularExpression("^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", ErrorMessage = "This is not a language: write a tag such as 'en' or 'pt-BR'.")]
    public string Language { get; set; } = "";

    internal void ApplyTo(User user) =>
        (user.Name, user.GivenName, user.FamilyName, user.Picture, user.Language) = (Name, GivenName, FamilyName, Picture, Language);
}

public sealed class PreferencesRequest : IValidatableObject
{
    [Required, RegularExpression("^(light|dark|system)$", ErrorMessage = "The theme must be light, dark or system.")]
    public string Theme { get; set; } = "";

    [Required]
    public NotificationPreferencesRequest? Notifications { get; set; }

    [StringLength(64)]
    public string? TimeZone { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new ValidationResult("This is not a time zone: write an IANA name such as 'Europe/Berlin'.", [nameof(TimeZone)]);
        }
    }

    internal UserPreferences ToPreferences() => new()
    {
        Theme = Theme,
        Notifications = new NotificationPreferences { Email = Notifications!.Email is true, Push = Notifications.Push is true },
        TimeZone = TimeZone,
    };
}

public sealed class NotificationPreferencesRequest
{
    [Required]
    public bool? Email { get; set; }

    [Required]
    public bool? Push { get; set; }
}

internal sealed record PreferencesResponse(string Theme, NotificationPreferencesResponse Notifications, string? TimeZone)
{
    public static PreferencesResponse From(UserPreferences preferences) => new(
        preferences.Theme, new NotificationPreferencesResponse(preferences.Notifications.Email, preferences.Notifications.Push), preferences.TimeZone);
}

internal sealed record NotificationPreferencesResponse(bool Email, bool Push);
