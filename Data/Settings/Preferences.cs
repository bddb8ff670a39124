using TenantPlatform.Data.Identity;

namespace TenantPlatform.Data.Settings;

public sealed record Preferences
{
    public string Theme { get; init; } = Settings.Theme.System;

    public NotificationPreferences Notifications { get; init; } = new();

    /// <summary>A BCP 47 tag, such as en or pt-BR.</summary>
    public string Language { get; init; } = "en";
}

public static class Theme
{
    public const string Light = "light";
    public const string Dark = "dark";
    public const string System = "system";
}
