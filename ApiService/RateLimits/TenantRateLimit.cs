using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TenantPlatform.ApiService.Tenancy;

namespace TenantPlatform.ApiService.RateLimits;

/// <summary>One busy tenant must not slow down the others.</summary>
internal sealed class TenantRateLimit(IOptions<RateLimitOptions> options) : IRateLimiterPolicy<Guid>
{
    public const string Policy = "tenant";

    private const int RefillsPerMinute = 60;

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => null;

    public RateLimitPartition<Guid> GetPartition(HttpContext httpContext)
    {
        var tenantId = httpContext.RequestServices.GetRequiredService<CurrentTenant>().Context.TenantId!.Value;
        return RateLimitPartition.GetTokenBucketLimiter(tenantId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.TenantRequestsPerMinute / 2,
            TokensPerPeriod = Math.Max(1, options.Value.TenantRequestsPerMinute / RefillsPerMinute),
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / RefillsPerMinute,
        });
    }
}
