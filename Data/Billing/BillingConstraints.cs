namespace TenantPlatform.Data.Billing;

internal static class BillingConstraints
{
    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_plans_key_format"] = new("key", "The key must have 1 to 50 characters a-z, 0-9, '-' and '_', and begin with a letter."),
        ["ck_plans_name_length"] = new("name", "The name must have 1 to 100 characters."),
        ["ck_plans_limits_object"] = new("limits", "Limits must be a JSON object."),
        ["ck_plans_limits_positive"] = new("limits", "A limit must be a number and not negative; leave it out for none."),

        ["ck_subscriptions_status"] = new("status", "The status must be one of Stripe: incomplete, incomplete_expired, trialing, active, past_due, canceled, unpaid or paused."),
        ["ck_subscriptions_seats_positive"] = new("seats", "There must be at least one seat."),
        ["ck_subscriptions_period_order"] = new("periodEnd", "The period must end after it starts."),
        ["ck_subscriptions_trial_order"] = new("trialEnd", "The trial must end after it starts."),
        ["ck_subscriptions_limits_object"] = new("limits", "Limits must be a JSON object."),
        ["ck_subscriptions_limits_positive"] = new("limits", "A limit must be a number and not negative; leave it out for none."),
        ["ck_subscriptions_metadata_object"] = new("metadata", "Metadata must be a JSON object."),
        ["ck_subscriptions_metadata_strings"] = new("metadata", "Metadata must have texts as values, and at most 16384 characters in all."),
        ["ix_subscriptions_tenant_id_stripe_subscription_id"] = new("stripeSubscriptionId", "This Stripe subscription is known already."),
        ["fk_subscriptions_plans_plan"] = new("plan", "There is no such plan."),
        ["fk_subscriptions_tenant_users_tenant_id_user_id"] = new("userId", "This user is not a member of the tenant."),
    };
}
