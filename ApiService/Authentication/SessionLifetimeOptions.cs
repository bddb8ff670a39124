using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.ApiService.Authentication;

internal sealed class SessionLifetimeOptions
{
    public const string Section = "Sessions";

    /// <summary>For how long a sign-in lasts.</summary>
    [Range(1, 365)]
    public int LifetimeDays { get; set; } = 30;
}
