using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TenantPlatform.Data.Onboarding;

internal sealed class OnboardingContentConfiguration : IEntityTypeConfiguration<OnboardingContent>
{
    public void Configure(EntityTypeBuilder<OnboardingContent> builder)
    {
        builder.Property(content => content.Language).HasDefaultValue("en").ValueGeneratedNever();
        builder.Property(content => content.Status).HasDefaultValue(PublicationStatus.Draft).ValueGeneratedNever();
        builder.HasIndex(content => new { content.StepId, content.Language, content.Position }).IsUnique().HasFilter("deleted is null");
        builder.HasOne(content => content.Step).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_onboarding_content_language_format", "language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$'");
            table.HasCheckConstraint("ck_onboarding_content_position_positive", "position > 0");
            table.HasCheckConstraint("ck_onboarding_content_type", "type in ('text', 'image', 'video', 'document', 'link', 'interactive')");
            table.HasCheckConstraint("ck_onboarding_content_title_length", "length(title) between 1 and 200");
            table.HasCheckConstraint("ck_onboarding_content_body_length", "length(body) <= 100000");
            table.HasCheckConstraint("ck_onboarding_content_url_format", "url ~ '^https?://\\S+$' and length(url) <= 2000");
            table.HasCheckConstraint("ck_onboarding_content_body_or_url", "body is not null or url is not null");
            table.HasCheckConstraint("ck_onboarding_content_duration_seconds_positive", "duration_seconds > 0");
            table.HasCheckConstraint("ck_onboarding_content_status", "status in ('draft', 'published', 'archived')");
        });
    }
}
