using TenantPlatform.Data.Settings;

namespace TenantPlatform.Data.Identity;

/// <summary>What a person likes wherever they are; <see cref="Setting"/> is what they like in one tenant.</summary>
public sealed record UserPreferences
{
    public string Theme { get; init; } = Settings.Theme.System;

    public NotificationPreferences Notifications { get; init; } = new();

    /// <summary>IANA name, for example "Europe/Berlin"; null for the browser's.</summary>
    public string? TimeZone { get; init; }
}

public sealed record NotificationPreferences
{
    public bool Email { get; init; } = true;

    public bool Push { get; init; } = true;
}
