using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;

namespace TenantPlatform.Data.Onboarding;

internal sealed class TenantOnboardingConfigConfiguration : IEntityTypeConfiguration<TenantOnboardingConfig>
{
    public void Configure(EntityTypeBuilder<TenantOnboardingConfig> builder)
    {
        builder.Property(config => config.Enabled).HasDefaultValue(true).ValueGeneratedNever();
        builder.Property(config => config.AllowSkipping).HasDefaultValue(true).ValueGeneratedNever();
        builder.Property(config => config.Branding).HasJson(new());
        builder.HasIndex(config => config.TenantId).IsUnique();
        builder.HasOne(config => config.DefaultPath).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_tenant_onboarding_configs_remind_after_days_positive", "remind_after_days > 0");
            table.HasCheckConstraint("ck_tenant_onboarding_configs_branding_primary_color", "branding ->> 'primaryColor' ~ '^#[0-9a-fA-F]{6}$'");
            table.HasCheckConstraint("ck_tenant_onboarding_configs_branding_logo_url", "branding ->> 'logoUrl' ~ '^https?://\\S+$'");
        });
    }
}
