using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using TenantPlatform.ApiService.Problems;

namespace TenantPlatform.ApiService.RateLimits;

/// <summary>
/// How many people a tenant may write to. Invitations go to strangers in the platform's name, so messages are counted and not
/// requests: a hundred in one bulk are a hundred.
/// </summary>
internal sealed class InvitationAllowance : IDisposable
{
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(1);

    private readonly int perHour;
    private readonly PartitionedRateLimiter<Guid> limiter;

    public InvitationAllowance(IOptions<RateLimitOptions> options)
    {
        perHour = options.Value.InvitationsPerHour;
        limiter = PartitionedRateLimiter.Create<Guid, Guid>(tenantId => RateLimitPartition.GetTokenBucketLimiter(tenantId, _ => new()
        {
            TokenLimit = perHour,
            TokensPerPeriod = Math.Max(1, (int)(perHour / (TimeSpan.FromHours(1) / Refill))),
            ReplenishmentPeriod = Refill,
        }));
    }

    /// <summary>Takes the messages from the tenant's allowance; null when it had them.</summary>
    public ProblemHttpResult? Refusal(Guid tenantId, int messages, HttpResponse response)
    {
        if (messages > perHour)
        {
            return ProblemType.RateLimited.Result($"At most {perHour} invitations an hour are sent: send fewer at once.");
        }

        using var lease = limiter.AttemptAcquire(tenantId, messages);

        if (lease.IsAcquired)
        {
            return null;
        }

        response.SetRetryAfter(lease);
        return ProblemType.RateLimited.Result("The tenant has sent many invitations within an hour: wait as long as Retry-After says.");
    }

    public void Dispose() => limiter.Dispose();
}
