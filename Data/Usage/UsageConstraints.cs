namespace TenantPlatform.Data.Usage;

internal static class UsageConstraints
{
    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_usage_counters_metric_format"] = new("metric", "The metric must have 1 to 63 characters a-z, 0-9 and '_', and begin with a letter."),
        ["ck_usage_counters_period"] = new("periodEnd", "A period must have both a start and an end, and end after it starts."),
        ["ck_usage_counters_used_not_negative"] = new("used", "The use must not be negative."),
        ["ix_usage_counters_tenant_id_metric_period_start"] = new("metric", "This metric is already counted for this period: add to that counter."),
    };
}
