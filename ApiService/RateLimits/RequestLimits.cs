using System.Globalization;
using System.Threading.RateLimiting;

namespace TenantPlatform.ApiService.RateLimits;

internal static class RequestLimits
{
    /// <summary>For every request whose endpoint does not say otherwise.</summary>
    private const int MaximumBodyBytes = 256 * 1024;

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        });

        builder.Services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy<Guid, TenantRateLimit>(TenantRateLimit.Policy);
            limiter.AddPolicy<string, SignInRateLimit>(SignInRateLimit.Policy);
            limiter.AddPolicy<string, InvitationAnswerRateLimit>(InvitationAnswerRateLimit.Policy);
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.SetRetryAfter(rejected.Lease);
                return ValueTask.CompletedTask;
            };
        });
        builder.Services.AddSingleton<InvitationAllowance>();
    }

    /// <summary>Says when a refused lease can be had.</summary>
    public static void SetRetryAfter(this HttpResponse response, RateLimitLease refused)
    {
        var wait = refused.TryGetMetadata(MetadataName.RetryAfter, out var metadata) ? metadata : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }
}
