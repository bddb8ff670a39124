namespace TenantPlatform.Data.Settings;

internal static class SettingConstraints
{
    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_settings_preferences_object"] = new("preferences", "The preferences must be a JSON object."),
        ["ck_settings_preferences_theme"] = new("preferences.theme", "The theme must be light, dark or system."),
        ["ck_settings_preferences_notifications"] = new("preferences.notifications", "The notifications must say true or false for both email and push."),
        ["ck_settings_preferences_language"] = new("preferences.language", "The language must be a BCP 47 tag, such as en or pt-BR."),
        ["ix_settings_tenant_id_user_id"] = new("userId", "There are already settings of this member, or of the tenant: change those."),
        ["fk_settings_tenant_users_tenant_id_user_id"] = new("userId", "This user is not a member of the tenant."),
    };
}
