namespace TenantPlatform.Data.Tenancy;

internal static class TenancyConstraints
{
    private const string NotAnEmail = "This is not an email address in lower case with at most 254 characters.";
    private const string NoMember = "This user is not a member of the tenant.";
    private const string NoTeam = "There is no such team in the tenant.";
    private const string NoTeamRole = "The role in a team must be lead or member.";

    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_tenants_key_format"] = new("key", "The key must have 10 to 20 characters a-z and 0-9."),
        ["ck_tenants_slug_format"] = new("slug", "The slug must have 1 to 63 characters a-z, 0-9 and '-', and neither begin nor end with '-'."),
        ["ck_tenants_name_length"] = new("name", "The name must have 1 to 200 characters."),
        ["ck_tenants_description_length"] = new("description", "The description must have at most 2000 characters."),
        ["ck_tenants_logo_url"] = new("logo", "The address must begin with http:// or https:// and have at most 2048 characters."),
        ["ck_tenants_status"] = new("status", "The status must be provisioning, active or suspended."),
        ["ck_tenants_placement"] = new("placement", "The placement must be pooled or dedicated."),
        ["ck_tenants_plan_limits_object"] = new("planLimits", "Limits must be a JSON object."),
        ["ck_tenants_plan_limits_positive"] = new("planLimits", "A limit must be a number and not negative; leave it out for none."),
        ["ck_tenants_settings_object"] = new("settings", "Settings must be a JSON object."),
        ["ck_tenants_settings_default_role"] = new("settings.defaultRole", "The default role must be the name of a role."),
        ["ck_tenants_settings_invitation_days"] = new("settings.invitationDays", "An invitation can be good for 1 to 30 days."),
        ["ck_tenants_settings_email_domains"] = new("settings.emailDomains", "The domains must be a list of texts."),
        ["ck_tenants_metadata_object"] = new("metadata", "Metadata must be a JSON object."),
        ["ck_tenants_metadata_strings"] = new("metadata", "Metadata must have texts as values, and at most 16384 characters in all."),
        ["ix_tenants_key"] = new("key", "Another tenant has this key: make another."),
        ["ix_tenants_slug"] = new("slug", "Another tenant has this slug."),
        ["ix_tenants_stripe_customer_id"] = new("stripeCustomerId", "Another tenant is this Stripe customer."),
        ["fk_tenants_plans_plan"] = new("plan", "There is no such plan."),
        ["fk_tenants_users_created_by"] = new("createdBy", "There is no such user."),

        ["pk_tenant_users"] = new("userId", "This user is a member already, or was one: restore that membership."),
        ["ck_tenant_users_roles_not_empty"] = new("roles", "A member must have 1 to 20 roles."),
        ["ck_tenant_users_email_format"] = new("email", NotAnEmail),
        ["ck_tenant_users_status"] = new("status", "The status must be active or suspended."),
        ["fk_tenant_users_users_user_id"] = new("userId", "There is no such user."),

        ["pk_platform_users"] = new("userId", "This user has a platform role already: change it."),
        ["ck_platform_users_role"] = new("role", "The platform role must be admin or support."),
        ["fk_platform_users_users_user_id"] = new("userId", "There is no such user."),

        ["ck_tenant_entries_reason_length"] = new("reason", "The reason must have 1 to 500 characters."),
        ["ck_tenant_entries_expires_after_created"] = new("expires", "An entry must expire later than now."),
        ["fk_tenant_entries_platform_users_user_id"] = new("userId", "Only the platform's staff enters tenants."),

        ["ck_invitations_email_format"] = new("email", NotAnEmail),
        ["ck_invitations_role_length"] = new("role", "The role must have 1 to 50 characters."),
        ["ck_invitations_status"] = new("status", "The status must be pending, accepted, rejected or canceled."),
        ["ck_invitations_expires_after_created"] = new("expires", "An invitation must expire later than now."),
        ["ck_invitations_token_hash_length"] = new("tokenHash", "The hash must have 32 bytes: SHA-256."),
        ["ix_invitations_tenant_id_email"] = new("email", "This address has a pending invitation: send it again, or cancel it first."),
        ["ix_invitations_tenant_id_token_hash"] = new("tokenHash", "This token is in use: make another."),
        ["fk_invitations_teams_tenant_id_team_id"] = new("teamId", NoTeam),
        ["fk_invitations_tenant_users_tenant_id_invited_by"] = new("invitedBy", NoMember),

        ["ck_teams_name_length"] = new("name", "The name must have 1 to 100 characters."),
        ["ck_teams_description_length"] = new("description", "The description must have at most 2000 characters."),
        ["ix_teams_tenant_id_name"] = new("name", "Another team has this name."),

        ["ck_team_members_role"] = new("role", NoTeamRole),
        ["ix_team_members_tenant_id_team_id_user_id"] = new("userId", "This user is in the team already, or was: restore that row."),
        ["fk_team_members_teams_tenant_id_team_id"] = new("teamId", NoTeam),
        ["fk_team_members_tenant_users_tenant_id_user_id"] = new("userId", NoMember),

        ["ck_team_invitations_email_format"] = new("email", NotAnEmail),
        ["ck_team_invitations_role"] = new("role", NoTeamRole),
        ["ck_team_invitations_status"] = new("status", "The status must be pending, accepted, rejected or canceled."),
        ["ck_team_invitations_expires_after_created"] = new("expires", "An invitation must expire later than now."),
        ["ck_team_invitations_token_hash_length"] = new("tokenHash", "The hash must have 32 bytes: SHA-256."),
        ["ix_team_invitations_tenant_id_team_id_email"] = new("email", "This address has a pending invitation to the team: cancel it first."),
        ["ix_team_invitations_tenant_id_token_hash"] = new("tokenHash", "This token is in use: make another."),
        ["fk_team_invitations_teams_tenant_id_team_id"] = new("teamId", NoTeam),
        ["fk_team_invitations_tenant_users_tenant_id_invited_by"] = new("invitedBy", NoMember),

        ["pk_tenant_schemas"] = new("name", "There is a schema with this name already."),
        ["ck_tenant_schemas_name_format"] = new("name", "The name of the schema must be tenant_ and the key of the tenant, or spare_ and 10 to 20 characters a-z and 0-9."),
        ["ck_tenant_schemas_spare_built"] = new("appliedMigration", "A spare schema is entered once it has been built."),
        ["ck_tenant_schemas_wave_positive"] = new("wave", "Waves are counted from 0."),
        ["ck_tenant_schemas_failures_of_error"] = new("error", "A schema has an error exactly when it has failed."),
        ["ck_tenant_schemas_finished_after_started"] = new("finished", "It cannot finish before it started."),
        ["ix_tenant_schemas_tenant_id"] = new("tenantId", "This tenant has a schema already."),
        ["fk_tenant_schemas_tenants_tenant_id"] = new("tenantId", "There is no such tenant, or its schema still exists: drop the schema first."),

        ["pk_tenant_moves"] = new("id", "There is a move with this id already."),
        ["ck_tenant_moves_placements"] = new("target", "A tenant is moved from pooled to dedicated, or from dedicated to pooled."),
        ["ck_tenant_moves_phase"] = new("phase", "The phase must be building, copying, cleaning, done or cancelled."),
        ["ck_tenant_moves_finished"] = new("finished", "A move is finished exactly when it is done or cancelled."),
        ["ck_tenant_moves_counts"] = new("rowsCopied", "Rows copied and the pause must not be negative."),
        ["ix_tenant_moves_under_way"] = new("tenantId", "This tenant is being moved already."),
        ["fk_tenant_moves_tenants_tenant_id"] = new("tenantId", "There is no such tenant."),
    };
}
