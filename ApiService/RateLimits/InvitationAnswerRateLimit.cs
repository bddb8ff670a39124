using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace TenantPlatform.ApiService.RateLimits;

/// <summary>Slows down whoever tries tokens of invitations from one address.</summary>
internal sealed class InvitationAnswerRateLimit(IOptions<RateLimitOptions> options) : IRateLimiterPolicy<string>
{
    public const string Policy = "invitation-answer";

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => null;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetFixedWindowLimiter(
        httpContext.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.InvitationAnswersPerMinute, Window = TimeSpan.FromMinutes(1) });
}
