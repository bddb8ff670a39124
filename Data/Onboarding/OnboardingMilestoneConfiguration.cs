using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TenantPlatform.Data.Onboarding;

internal sealed class OnboardingMilestoneConfiguration : IEntityTypeConfiguration<OnboardingMilestone>
{
    public void Configure(EntityTypeBuilder<OnboardingMilestone> builder)
    {
        builder.Property(milestone => milestone.Threshold).HasDefaultValue(1).ValueGeneratedNever();
        builder.Property(milestone => milestone.Points).HasDefaultValue(0).ValueGeneratedNever();
        builder.HasIndex(milestone => milestone.Name).IsUnique().HasFilter("deleted is null");
        builder.HasOne(milestone => milestone.Path).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_onboarding_milestones_name_length", "length(name) between 1 and 200");
            table.HasCheckConstraint("ck_onboarding_milestones_description_length", "length(description) <= 10000");
            table.HasCheckConstraint("ck_onboarding_milestones_criterion", "criterion in ('steps_completed', 'score_reached', 'paths_completed')");
            table.HasCheckConstraint("ck_onboarding_milestones_threshold_range", "threshold > 0 and (criterion <> 'score_reached' or threshold <= 100)");
            table.HasCheckConstraint("ck_onboarding_milestones_points_not_negative", "points >= 0");
            table.HasCheckConstraint("ck_onboarding_milestones_badge_url_format", "badge_url ~ '^https?://\\S+$' and length(badge_url) <= 2000");
        });
    }
}
