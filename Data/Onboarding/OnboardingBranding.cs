namespace TenantPlatform.Data.Onboarding;

public sealed record OnboardingBranding
{
    public string? WelcomeTitle { get; init; }

    public string? WelcomeMessage { get; init; }

    public string? LogoUrl { get; init; }

    /// <summary>As #rrggbb.</summary>
    public string? PrimaryColor { get; init; }
}
