using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;

namespace TenantPlatform.Data.Onboarding;

internal sealed class OnboardingStepConfiguration : IEntityTypeConfiguration<OnboardingStep>
{
    public void Configure(EntityTypeBuilder<OnboardingStep> builder)
    {
        builder.Property(step => step.Required).HasDefaultValue(true).ValueGeneratedNever();
        builder.Property(step => step.Configuration).HasJson(new());
        builder.HasIndex(step => new { step.PathId, step.Position }).IsUnique().HasFilter("deleted is null");
        builder.HasOne(step => step.Path).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(step => step.Prerequisite).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_onboarding_steps_position_positive", "position > 0");
            table.HasCheckConstraint("ck_onboarding_steps_title_length", "length(title) between 1 and 200");
            table.HasCheckConstraint("ck_onboarding_steps_description_length", "length(description) <= 10000");
            table.HasCheckConstraint("ck_onboarding_steps_type", "type in ('article', 'video', 'form', 'quiz', 'task', 'tour')");
            table.HasCheckConstraint("ck_onboarding_steps_estimated_minutes_positive", "estimated_minutes > 0");
            table.HasCheckConstraint("ck_onboarding_steps_passing_score_range", "passing_score between 0 and 100");
            table.HasCheckConstraint(
                "ck_onboarding_steps_configuration_fields",
                "coalesce(jsonb_typeof(configuration -> 'questions'), 'array') = 'array' and coalesce(jsonb_typeof(configuration -> 'maxAttempts'), 'number') = 'number'");
            table.HasCheckConstraint("ck_onboarding_steps_prerequisite_other", "prerequisite_id <> id");
        });
    }
}
