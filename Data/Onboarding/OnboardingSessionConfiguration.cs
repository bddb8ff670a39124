using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Onboarding;

internal sealed class OnboardingSessionConfiguration : IEntityTypeConfiguration<OnboardingSession>
{
    public void Configure(EntityTypeBuilder<OnboardingSession> builder)
    {
        builder.Property(session => session.Status).HasDefaultValue(OnboardingSessionStatus.InProgress).ValueGeneratedNever();
        builder.Property(session => session.ProgressPercentage).HasDefaultValue(0).ValueGeneratedNever();
        builder.Property(session => session.TimeSpentSeconds).HasDefaultValue(0).ValueGeneratedNever();
        builder.HasIndex(session => new { session.UserId, session.PathId }).IsUnique().HasFilter("status in ('in_progress', 'paused') and deleted is null");
        builder.HasMember(session => session.UserId, DeleteBehavior.Cascade);
        builder.HasOne(session => session.Path).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(session => session.CurrentStep).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_onboarding_sessions_status", "status in ('in_progress', 'paused', 'completed', 'abandoned')");
            table.HasCheckConstraint("ck_onboarding_sessions_progress_percentage_range", "progress_percentage between 0 and 100");
            table.HasCheckConstraint("ck_onboarding_sessions_time_spent_seconds_not_negative", "time_spent_seconds >= 0");
            table.HasCheckConstraint("ck_onboarding_sessions_last_active_after_started", "last_active >= started");
            table.HasCheckConstraint("ck_onboarding_sessions_completed_after_started", "completed >= started");
            table.HasCheckConstraint(
                "ck_onboarding_sessions_completed",
                "(status = 'completed') = (completed is not null) and (status <> 'completed' or progress_percentage = 100)");
        });
    }
}
