using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Onboarding;

internal sealed class UserAchievementConfiguration : IEntityTypeConfiguration<UserAchievement>
{
    public void Configure(EntityTypeBuilder<UserAchievement> builder)
    {
        builder.Property(achievement => achievement.Points).HasDefaultValue(0).ValueGeneratedNever();
        builder.HasIndex(achievement => new { achievement.UserId, achievement.MilestoneId }).IsUnique();
        builder.HasMember(achievement => achievement.UserId, DeleteBehavior.Cascade);
        builder.HasOne(achievement => achievement.Milestone).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table => table.HasCheckConstraint("ck_user_achievements_points_not_negative", "points >= 0"));
    }
}
