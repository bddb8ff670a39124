using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;

namespace TenantPlatform.Data.Onboarding;

internal sealed class OnboardingEventConfiguration : IEntityTypeConfiguration<OnboardingEvent>
{
    public void Configure(EntityTypeBuilder<OnboardingEvent> builder)
    {
        builder.Property(row => row.Properties).HasJson(new Dictionary<string, string>());
        builder.HasIndex(row => new { row.Created, row.Id }).IsDescending();
        builder.HasOne(row => row.Session).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(row => row.Step).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_onboarding_analytics_type",
                "type in ('session_started', 'session_completed', 'session_abandoned', 'step_started', 'step_completed', 'step_skipped', 'step_failed')");
            table.HasCheckConstraint("ck_onboarding_analytics_step_of_type", "(type like 'step%') = (step_id is not null)");
            table.HasCheckConstraint("ck_onboarding_analytics_duration_seconds_not_negative", "duration_seconds >= 0");
        });
    }
}
