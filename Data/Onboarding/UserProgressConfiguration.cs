using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;

namespace TenantPlatform.Data.Onboarding;

internal sealed class UserProgressConfiguration : IEntityTypeConfiguration<UserProgress>
{
    public void Configure(EntityTypeBuilder<UserProgress> builder)
    {
        builder.Property(progress => progress.Status).HasDefaultValue(ProgressStatus.NotStarted).ValueGeneratedNever();
        builder.Property(progress => progress.Attempts).HasDefaultValue(0).ValueGeneratedNever();
        builder.Property(progress => progress.TimeSpentSeconds).HasDefaultValue(0).ValueGeneratedNever();
        builder.Property(progress => progress.Answers).HasJson(new Dictionary<string, string>());
        builder.HasIndex(progress => new { progress.SessionId, progress.StepId }).IsUnique();
        builder.HasOne(progress => progress.Session).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(progress => progress.Step).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_user_progress_status", "status in ('not_started', 'in_progress', 'completed', 'skipped', 'failed')");
            table.HasCheckConstraint("ck_user_progress_score_range", "score between 0 and 100");
            table.HasCheckConstraint("ck_user_progress_attempts_not_negative", "attempts >= 0");
            table.HasCheckConstraint("ck_user_progress_time_spent_seconds_not_negative", "time_spent_seconds >= 0");
            table.HasCheckConstraint("ck_user_progress_completed_after_started", "completed >= started");
            table.HasCheckConstraint("ck_user_progress_started", "(status = 'not_started') = (started is null) or status = 'skipped'");
            table.HasCheckConstraint("ck_user_progress_completed", "(status = 'completed') = (completed is not null)");
        });
    }
}
