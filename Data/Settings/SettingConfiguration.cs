using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Settings;

internal sealed class SettingConfiguration : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> builder)
    {
        builder.Property(setting => setting.Preferences).HasJson(new());
        builder.HasIndex(setting => setting.UserId).IsUnique().AreNullsDistinct(false);
        builder.HasMember(setting => setting.UserId, DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_settings_preferences_theme", "coalesce(preferences ->> 'theme' in ('light', 'dark', 'system'), false)");
            table.HasCheckConstraint(
                "ck_settings_preferences_notifications",
                "coalesce(jsonb_typeof(preferences #> '{notifications,email}') = 'boolean' and jsonb_typeof(preferences #> '{notifications,push}') = 'boolean', false)");
            table.HasCheckConstraint("ck_settings_preferences_language", "coalesce(preferences ->> 'language' ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$', false)");
        });
    }
}
