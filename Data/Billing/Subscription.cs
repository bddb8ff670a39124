using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Billing;

/// <summary>
/// A tenant's subscription of a plan. The plain columns are what the platform goes by and also describe subscriptions that
/// Stripe knows nothing of; the columns named Stripe mirror its last message, unread, so that the two can be compared.
/// </summary>
public sealed class Subscription : ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Plan { get; set; }

    /// <summary>The member who subscribed.</summary>
    public Guid? UserId { get; set; }

    public string Status { get; set; } = SubscriptionStatus.Incomplete;

    public DateTimeOffset? PeriodStart { get; set; }

    public DateTimeOffset? PeriodEnd { get; set; }

    public DateTimeOffset? TrialStart { get; set; }

    public DateTimeOffset? TrialEnd { get; set; }

    public bool CancelAtPeriodEnd { get; set; }

    public int? Seats { get; set; }

    /// <summary>Limits agreed for this subscription; null for those of the plan.</summary>
    public PlanLimits? Limits { get; set; }

    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();

    public string? StripeCustomerId { get; set; }

    public string? StripeSubscriptionId { get; set; }

    public string? StripePriceId { get; set; }

    public DateTimeOffset? StripeCurrentPeriodStart { get; set; }

    public DateTimeOffset? StripeCurrentPeriodEnd { get; set; }

    public DateTimeOffset? StripeTrialStart { get; set; }

    public DateTimeOffset? StripeTrialEnd { get; set; }

    public DateTimeOffset? StripeCancelAt { get; set; }

    public bool? StripeCancelAtPeriodEnd { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

/// <summary>Stripe's words, so that its messages need no translation.</summary>
public static class SubscriptionStatus
{
    public const string Incomplete = "incomplete";
    public const string IncompleteExpired = "incomplete_expired";
    public const string Trialing = "trialing";
    public const string Active = "active";
    public const string PastDue = "past_due";
    public const string Canceled = "canceled";
    public const string Unpaid = "unpaid";
    public const string Paused = "paused";
}
