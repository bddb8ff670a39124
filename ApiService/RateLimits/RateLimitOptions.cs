using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.ApiService.RateLimits;

internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Requests of one tenant, all its users together; half a minute's worth may come at once.</summary>
    [Range(2, 10_000_000)]
    public int TenantRequestsPerMinute { get; set; } = 30_000;

    /// <summary>Sign-ups and sign-ins from one address: each costs a deliberately slow password hash.</summary>
    [Range(1, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 30;

    /// <summary>Invitations that one tenant sends, resent ones included; all of an hour's may be sent at once.</summary>
    [Range(1, 1_000_000)]
    public int InvitationsPerHour { get; set; } = 500;

    /// <summary>Looks at, acceptances and rejections of invitations from one address.</summary>
    [Range(1, 1_000_000)]
    public int InvitationAnswersPerMinute { get; set; } = 60;
}
