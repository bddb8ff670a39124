using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Billing;

internal sealed class SubscriptionConfiguration : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> builder)
    {
        builder.Property(subscription => subscription.Status).HasDefaultValue(SubscriptionStatus.Incomplete).ValueGeneratedNever();
        builder.Property(subscription => subscription.CancelAtPeriodEnd).HasDefaultValue(false).ValueGeneratedNever();
        builder.Property(subscription => subscription.Limits).HasJson();
        builder.Property(subscription => subscription.Metadata).HasJson(new Dictionary<string, string>());
        builder.HasIndex(subscription => subscription.StripeSubscriptionId).IsUnique();
        builder.HasOne<Plan>().WithMany().HasForeignKey(subscription => subscription.Plan).OnDelete(DeleteBehavior.Restrict);

        // What was paid for outlives who paid.
        builder.HasMember(subscription => subscription.UserId, DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_subscriptions_status",
                "status in ('incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused')");
            table.HasCheckConstraint("ck_subscriptions_seats_positive", "seats > 0");
            table.HasCheckConstraint("ck_subscriptions_period_order", "period_end > period_start");
            table.HasCheckConstraint("ck_subscriptions_trial_order", "trial_end > trial_start");
            table.HasCheckConstraint("ck_subscriptions_limits_positive", PlanLimits.Check("limits"));
            table.HasCheckConstraint(
                "ck_subscriptions_metadata_strings", """not metadata @? '$.* ? (@.type() != "string")' and length(metadata::text) <= 16384""");
        });
    }
}
