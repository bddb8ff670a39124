using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Onboarding;

internal sealed class OnboardingPathConfiguration : IEntityTypeConfiguration<OnboardingPath>
{
    public void Configure(EntityTypeBuilder<OnboardingPath> builder)
    {
        builder.Property(path => path.Status).HasDefaultValue(PublicationStatus.Draft).ValueGeneratedNever();
        builder.HasIndex(path => path.Name).IsUnique().HasFilter("deleted is null");
        builder.HasMember(path => path.CreatedBy, DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_onboarding_paths_name_length", "length(name) between 1 and 200");
            table.HasCheckConstraint("ck_onboarding_paths_description_length", "length(description) <= 10000");
            table.HasCheckConstraint("ck_onboarding_paths_target_role_length", "length(target_role) between 1 and 100");
            table.HasCheckConstraint("ck_onboarding_paths_status", "status in ('draft', 'published', 'archived')");
            table.HasCheckConstraint("ck_onboarding_paths_estimated_minutes_positive", "estimated_minutes > 0");
        });
    }
}
