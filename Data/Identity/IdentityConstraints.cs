namespace TenantPlatform.Data.Identity;

internal static class IdentityConstraints
{
    private const string NotAnEmail = "This is not an email address in lower case with at most 254 characters.";
    private const string NoUser = "There is no such user.";
    private const string NoUrl = "The address must begin with http:// or https:// and have at most 2048 characters.";
    private const string PastExpiry = "It must expire later than now.";
    private const string NotAHash = "The hash must have 32 bytes: SHA-256.";

    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_users_email_format"] = new("email", NotAnEmail),
        ["ck_users_name_length"] = new("name", "The name must have 1 to 200 characters."),
        ["ck_users_given_name_length"] = new("givenName", "The given name must have 1 to 100 characters."),
        ["ck_users_family_name_length"] = new("familyName", "The family name must have 1 to 100 characters."),
        ["ck_users_picture_url"] = new("picture", NoUrl),
        ["ck_users_language_format"] = new("language", "This is not a language: write a tag such as 'en' or 'pt-BR'."),
        ["ck_users_external_id_length"] = new("externalId", "The external id must have 1 to 255 characters."),
        ["ck_users_status"] = new("status", "The status must be active, invited or suspended."),
        ["ck_users_ban"] = new("banned", "Only a banned user has a reason and an end of the ban."),
        ["ck_users_ban_reason_length"] = new("banReason", "The reason must have 1 to 1000 characters."),
        ["ck_users_invite_token_hash_length"] = new("inviteTokenHash", NotAHash),
        ["ck_users_invite_expires"] = new("inviteExpires", "An invite token and its expiry go together: give both or neither."),
        ["ck_users_preferences_object"] = new("preferences", "Preferences must be a JSON object."),
        ["ck_users_preferences_theme"] = new("preferences.theme", "The theme must be light, dark or system."),
        ["ck_users_preferences_notifications"] = new("preferences.notifications", "Notifications must be an object of true and false values."),
        ["ix_users_email"] = new("email", "Another user has this email address."),
        ["ix_users_external_id"] = new("externalId", "Another user has this external id."),
        ["ix_users_invite_token_hash"] = new("inviteTokenHash", "This invite token is in use: make another."),

        ["ck_accounts_provider_id_length"] = new("providerId", "The provider must have 1 to 100 characters."),
        ["ck_accounts_account_id_length"] = new("accountId", "The id at the provider must have 1 to 255 characters."),
        ["ck_accounts_password_of_credential"] = new("password", "An account of the provider credential has a password, and no other has one."),
        ["ck_accounts_tokens_of_provider"] = new("accessToken", "An account of the provider credential has no tokens of a provider."),
        ["ix_accounts_provider_id_account_id"] = new("accountId", "This identity is linked to a user already."),
        ["fk_accounts_users_user_id"] = new("userId", NoUser),

        ["ck_sessions_token_hash_length"] = new("tokenHash", NotAHash),
        ["ck_sessions_expires_after_created"] = new("expires", PastExpiry),
        ["ck_sessions_impersonated_by_another"] = new("impersonatedBy", "Nobody can impersonate themselves."),
        ["ck_sessions_user_agent_length"] = new("userAgent", "The user agent must have at most 1000 characters."),
        ["ix_sessions_token_hash"] = new("tokenHash", "This token is in use: make another."),
        ["fk_sessions_users_user_id"] = new("userId", NoUser),
        ["fk_sessions_users_impersonated_by"] = new("impersonatedBy", NoUser),

        ["ck_verifications_identifier_length"] = new("identifier", "The identifier must have 1 to 320 characters."),
        ["ck_verifications_value_hash_length"] = new("valueHash", NotAHash),
        ["ck_verifications_expires_after_created"] = new("expires", PastExpiry),
        ["ck_sign_in_failures_email_hash_length"] = new("email", NotAHash),
        ["ck_sign_in_failures_failures"] = new("failures", "The number of failures must not be negative."),

        ["ix_verifications_value_hash"] = new("valueHash", "This value is in use: make another."),
    };
}
