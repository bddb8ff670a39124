using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TenantPlatform.MigrationWorker.Migrations.Platform
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "platform");

            migrationBuilder.CreateTable(
                name: "permissions",
                schema: "platform",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    module = table.Column<string>(type: "text", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_permissions", x => x.key);
                    table.CheckConstraint("ck_permissions_description_length", "length(description) between 1 and 500");
                    table.CheckConstraint("ck_permissions_key_format", "key ~ '^(\\*|[a-z_]+:(\\*|[a-z_]+))$'");
                    table.CheckConstraint("ck_permissions_module_of_key", "module = case key when '*' then 'platform' else split_part(key, ':', 1) end");
                })
                .Annotation("RowPolicy:read", "for select using ((select tenancy.scope()) is not null)");

            migrationBuilder.CreateTable(
                name: "plans",
                schema: "platform",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    limits = table.Column<string>(type: "jsonb", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plans", x => x.key);
                    table.CheckConstraint("ck_plans_key_format", "key ~ '^[a-z][a-z0-9_-]{0,49}$'");
                    table.CheckConstraint("ck_plans_limits_object", "jsonb_typeof(limits) = 'object'");
                    table.CheckConstraint("ck_plans_limits_positive", "not limits @? '$.* ? (@.type() != \"number\" || @ < 0)'");
                    table.CheckConstraint("ck_plans_name_length", "length(name) between 1 and 100");
                })
                .Annotation("RowPolicy:read", "for select using ((select tenancy.scope()) is not null)");

            migrationBuilder.CreateTable(
                name: "users",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    email_verified = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true),
                    given_name = table.Column<string>(type: "text", nullable: true),
                    family_name = table.Column<string>(type: "text", nullable: true),
                    picture = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false, defaultValue: "en"),
                    preferences = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{\"theme\":\"system\",\"notifications\":{\"email\":true,\"push\":true}}'::jsonb"),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "active"),
                    banned = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    ban_reason = table.Column<string>(type: "text", nullable: true),
                    ban_expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    invite_token_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    invite_expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    onboarding_completed = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                    table.CheckConstraint("ck_users_ban", "banned or (ban_reason is null and ban_expires is null)");
                    table.CheckConstraint("ck_users_ban_reason_length", "length(ban_reason) between 1 and 1000");
                    table.CheckConstraint("ck_users_email_format", "email = lower(email) and email ~ '^[^@\\s]+@[^@\\s]+$' and length(email) <= 254");
                    table.CheckConstraint("ck_users_external_id_length", "length(external_id) between 1 and 255");
                    table.CheckConstraint("ck_users_family_name_length", "length(family_name) between 1 and 100");
                    table.CheckConstraint("ck_users_given_name_length", "length(given_name) between 1 and 100");
                    table.CheckConstraint("ck_users_invite_expires", "(invite_token_hash is null) = (invite_expires is null)");
                    table.CheckConstraint("ck_users_invite_token_hash_length", "octet_length(invite_token_hash) = 32");
                    table.CheckConstraint("ck_users_language_format", "language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$'");
                    table.CheckConstraint("ck_users_name_length", "length(name) between 1 and 200");
                    table.CheckConstraint("ck_users_picture_url", "picture ~ '^https?://' and length(picture) <= 2048");
                    table.CheckConstraint("ck_users_preferences_notifications", "not preferences @? '$.notifications ? (@.type() != \"object\")' and not preferences @? '$.notifications.* ? (@.type() != \"boolean\")'");
                    table.CheckConstraint("ck_users_preferences_object", "jsonb_typeof(preferences) = 'object'");
                    table.CheckConstraint("ck_users_preferences_theme", "not preferences @? '$.theme ? (@.type() != \"string\" || !(@ == \"light\" || @ == \"dark\" || @ == \"system\"))'");
                    table.CheckConstraint("ck_users_status", "status in ('active', 'invited', 'suspended')");
                })
                .Annotation("RowPolicy:add", "for insert with check ((select tenancy.scope()) in ('auth', 'platform'))")
                .Annotation("RowPolicy:change", "for update using ((id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user' and status = 'active' and not banned) or (select tenancy.scope()) in ('auth', 'platform')) with check ((id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user' and status = 'active' and not banned and tenancy.is_my_identity(email, email_verified, external_id)) or (select tenancy.scope()) in ('auth', 'platform'))")
                .Annotation("RowPolicy:read", "for select using (id = (select tenancy.user_id()) or (select tenancy.scope()) in ('auth', 'platform'))");

            migrationBuilder.CreateTable(
                name: "verifications",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    identifier = table.Column<string>(type: "text", nullable: false),
                    value_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_verifications", x => x.id);
                    table.CheckConstraint("ck_verifications_expires_after_created", "expires > created");
                    table.CheckConstraint("ck_verifications_identifier_length", "length(identifier) between 1 and 320");
                    table.CheckConstraint("ck_verifications_value_hash_length", "octet_length(value_hash) = 32");
                })
                .Annotation("RowPolicy:auth_only", "using ((select tenancy.scope()) = 'auth') with check ((select tenancy.scope()) = 'auth')");

            migrationBuilder.CreateTable(
                name: "accounts",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider_id = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<string>(type: "text", nullable: false),
                    password = table.Column<string>(type: "text", nullable: true),
                    access_token = table.Column<string>(type: "text", nullable: true),
                    access_token_expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    refresh_token = table.Column<string>(type: "text", nullable: true),
                    refresh_token_expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    id_token = table.Column<string>(type: "text", nullable: true),
                    scope = table.Column<string>(type: "text", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.id);
                    table.CheckConstraint("ck_accounts_account_id_length", "length(account_id) between 1 and 255");
                    table.CheckConstraint("ck_accounts_password_of_credential", "(password is not null) = (provider_id = 'credential')");
                    table.CheckConstraint("ck_accounts_provider_id_length", "length(provider_id) between 1 and 100");
                    table.CheckConstraint("ck_accounts_tokens_of_provider", "provider_id <> 'credential' or (access_token is null and refresh_token is null and id_token is null)");
                    table.ForeignKey(
                        name: "fk_accounts_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "platform",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:add", "for insert with check ((select tenancy.scope()) = 'auth')")
                .Annotation("RowPolicy:change", "for update using ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) = 'auth') with check ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) = 'auth')")
                .Annotation("RowPolicy:read", "for select using ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) = 'auth')");

            migrationBuilder.CreateTable(
                name: "platform_users",
                schema: "platform",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_users", x => x.user_id);
                    table.CheckConstraint("ck_platform_users_role", "role in ('admin', 'support')");
                    table.ForeignKey(
                        name: "fk_platform_users_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "platform",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:read", "for select using ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) in ('auth', 'platform'))");

            migrationBuilder.CreateTable(
                name: "tenants",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    slug = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    logo = table.Column<string>(type: "text", nullable: true),
                    compute_id = table.Column<Guid>(type: "uuid", nullable: true),
                    plan = table.Column<string>(type: "text", nullable: false, defaultValue: "free"),
                    stripe_customer_id = table.Column<string>(type: "text", nullable: true),
                    plan_limits = table.Column<string>(type: "jsonb", nullable: true),
                    settings = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{\"defaultRole\":\"member\",\"invitationDays\":7}'::jsonb"),
                    metadata = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "active"),
                    placement = table.Column<string>(type: "text", nullable: false, defaultValue: "pooled"),
                    created_by = table.Column<Guid>(type: "uuid", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenants", x => x.id);
                    table.CheckConstraint("ck_tenants_description_length", "length(description) <= 2000");
                    table.CheckConstraint("ck_tenants_key_format", "key ~ '^[a-z0-9]{10,20}$'");
                    table.CheckConstraint("ck_tenants_logo_url", "logo ~ '^https?://' and length(logo) <= 2048");
                    table.CheckConstraint("ck_tenants_metadata_object", "jsonb_typeof(metadata) = 'object' and not metadata @? '$.* ? (@.type() != \"string\")'");
                    table.CheckConstraint("ck_tenants_metadata_strings", "not metadata @? '$.* ? (@.type() != \"string\")' and length(metadata::text) <= 16384");
                    table.CheckConstraint("ck_tenants_name_length", "length(name) between 1 and 200");
                    table.CheckConstraint("ck_tenants_placement", "placement in ('pooled', 'dedicated')");
                    table.CheckConstraint("ck_tenants_plan_limits_object", "jsonb_typeof(plan_limits) = 'object'");
                    table.CheckConstraint("ck_tenants_plan_limits_positive", "not plan_limits @? '$.* ? (@.type() != \"number\" || @ < 0)'");
                    table.CheckConstraint("ck_tenants_settings_default_role", "coalesce(jsonb_typeof(settings -> 'defaultRole'), 'string') = 'string'");
                    table.CheckConstraint("ck_tenants_settings_email_domains", "not settings @? '$.emailDomains[*] ? (@.type() != \"string\")'");
                    table.CheckConstraint("ck_tenants_settings_invitation_days", "not settings @? '$.invitationDays ? (@.type() != \"number\" || @ < 1 || @ > 30)'");
                    table.CheckConstraint("ck_tenants_settings_object", "jsonb_typeof(settings) = 'object'");
                    table.CheckConstraint("ck_tenants_slug_format", "slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'");
                    table.CheckConstraint("ck_tenants_status", "status in ('provisioning', 'active', 'suspended')");
                    table.ForeignKey(
                        name: "fk_tenants_plans_plan",
                        column: x => x.plan,
                        principalSchema: "platform",
                        principalTable: "plans",
                        principalColumn: "key",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tenants_users_created_by",
                        column: x => x.created_by,
                        principalSchema: "platform",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                })
                .Annotation("RowPolicy:add", "for insert with check (id = (select tenancy.tenant_id()) and status = 'active' and placement = 'pooled' and plan = 'free')")
                .Annotation("RowPolicy:change", "for update using (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform')) with check (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform'))")
                .Annotation("RowPolicy:read", "for select using (id = (select tenancy.tenant_id()) or id = any ((select tenancy.my_tenants())::uuid[]) or (select tenancy.scope()) = 'platform')");

            migrationBuilder.CreateTable(
                name: "error_logs",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    severity = table.Column<string>(type: "text", nullable: false, defaultValue: "error"),
                    source = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    stack = table.Column<string>(type: "text", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: true),
                    details = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    resolved = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    resolution = table.Column<string>(type: "text", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_error_logs", x => x.id);
                    table.CheckConstraint("ck_error_logs_details_object", "jsonb_typeof(details) = 'object' and not details @? '$.* ? (@.type() != \"string\")'");
                    table.CheckConstraint("ck_error_logs_message_length", "length(message) <= 10000");
                    table.CheckConstraint("ck_error_logs_resolution_length", "length(resolution) <= 10000");
                    table.CheckConstraint("ck_error_logs_resolution_of_resolved", "resolved is not null or (resolved_by is null and resolution is null)");
                    table.CheckConstraint("ck_error_logs_resolved_after_created", "resolved >= created");
                    table.CheckConstraint("ck_error_logs_severity", "severity in ('warning', 'error', 'critical')");
                    table.CheckConstraint("ck_error_logs_source_length", "length(source) between 1 and 200");
                    table.CheckConstraint("ck_error_logs_stack_length", "length(stack) <= 100000");
                    table.CheckConstraint("ck_error_logs_trace_id_format", "trace_id ~ '^[0-9a-f]{32}$'");
                    table.CheckConstraint("ck_error_logs_type_length", "length(type) between 1 and 500");
                    table.ForeignKey(
                        name: "fk_error_logs_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_error_logs_users_resolved_by",
                        column: x => x.resolved_by,
                        principalSchema: "platform",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_error_logs_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "platform",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                })
                .Annotation("RowPolicy:platform", "using (tenant_id = (select tenancy.tenant_id()) or (select tenancy.scope()) = 'platform') with check (tenant_id = (select tenancy.tenant_id()) or (select tenancy.scope()) = 'platform')")
                .Annotation("RowPolicy:platform_read", "for select using ((select tenancy.scope()) = 'platform')");

            migrationBuilder.CreateTable(
                name: "roles",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    permissions = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'::jsonb"),
                    is_system = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roles", x => x.id);
                    table.CheckConstraint("ck_roles_description_length", "length(description) <= 500");
                    table.CheckConstraint("ck_roles_is_system_without_tenant", "is_system = (tenant_id is null)");
                    table.CheckConstraint("ck_roles_name_format", "name ~ '^[a-z][a-z0-9_-]{0,49}$'");
                    table.CheckConstraint("ck_roles_name_not_reserved", "is_system or name not in ('owner', 'admin', 'member', 'viewer')");
                    table.CheckConstraint("ck_roles_permissions_array", "jsonb_typeof(permissions) = 'array'");
                    table.CheckConstraint("ck_roles_permissions_format", "not permissions @? '$[*] ? (@.type() != \"string\" || !(@ like_regex \"^([*]|[a-z_]+:([*]|[a-z_]+))$\"))' and length(permissions::text) <= 8192");
                    table.ForeignKey(
                        name: "fk_roles_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:add", "for insert with check (tenant_id = (select tenancy.tenant_id()))")
                .Annotation("RowPolicy:change", "for update using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))")
                .Annotation("RowPolicy:read", "for select using (tenant_id = (select tenancy.tenant_id()) or (tenant_id is null and (select tenancy.scope()) is not null))");

            migrationBuilder.CreateTable(
                name: "sessions",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    impersonated_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ip_address = table.Column<string>(type: "text", nullable: true),
                    user_agent = table.Column<string>(type: "text", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.CheckConstraint("ck_sessions_expires_after_created", "expires > created");
                    table.CheckConstraint("ck_sessions_impersonated_by_another", "impersonated_by <> user_id");
                    table.CheckConstraint("ck_sessions_token_hash_length", "octet_length(token_hash) = 32");
                    table.CheckConstraint("ck_sessions_user_agent_length", "length(user_agent) <= 1000");
                    table.ForeignKey(
                        name: "fk_sessions_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_sessions_users_impersonated_by",
                        column: x => x.impersonated_by,
                        principalSchema: "platform",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_sessions_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "platform",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:add", "for insert with check ((select tenancy.scope()) = 'auth' or ((select tenancy.scope()) = 'platform' and impersonated_by = (select tenancy.user_id())))")
                .Annotation("RowPolicy:change", "for update using ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) in ('auth', 'platform')) with check ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) in ('auth', 'platform'))")
                .Annotation("RowPolicy:read", "for select using ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) in ('auth', 'platform'))");

            migrationBuilder.CreateTable(
                name: "system_metrics",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<double>(type: "double precision", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    tags = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_system_metrics", x => x.id);
                    table.CheckConstraint("ck_system_metrics_name_format", "name ~ '^[a-z][a-z0-9_]*([.][a-z0-9_]+)*$' and length(name) <= 200");
                    table.CheckConstraint("ck_system_metrics_tags_object", "jsonb_typeof(tags) = 'object' and not tags @? '$.* ? (@.type() != \"string\")'");
                    table.CheckConstraint("ck_system_metrics_unit_length", "length(unit) between 1 and 63");
                    table.CheckConstraint("ck_system_metrics_value_finite", "value > '-infinity' and value < 'infinity'");
                    table.ForeignKey(
                        name: "fk_system_metrics_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:platform", "using (tenant_id = (select tenancy.tenant_id()) or (select tenancy.scope()) = 'platform') with check (tenant_id = (select tenancy.tenant_id()) or (select tenancy.scope()) = 'platform')")
                .Annotation("RowPolicy:platform_read", "for select using ((select tenancy.scope()) = 'platform')");

            migrationBuilder.CreateTable(
                name: "teams",
                schema: "platform",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_teams", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_teams_description_length", "length(description) <= 2000");
                    table.CheckConstraint("ck_teams_name_length", "length(name) between 1 and 100");
                    table.ForeignKey(
                        name: "fk_teams_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "tenant_schemas",
                schema: "platform",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    applied_migration = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false, defaultValue: "pending"),
                    error = table.Column<string>(type: "text", nullable: true),
                    started = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant_schemas", x => x.tenant_id);
                    table.CheckConstraint("ck_tenant_schemas_error_of_failed", "(error is not null) = (state = 'failed')");
                    table.CheckConstraint("ck_tenant_schemas_finished_after_started", "finished >= started");
                    table.CheckConstraint("ck_tenant_schemas_name_format", "name ~ '^tenant_[a-z0-9]{10,20}$'");
                    table.CheckConstraint("ck_tenant_schemas_state", "state in ('pending', 'migrating', 'ready', 'failed')");
                    table.ForeignKey(
                        name: "fk_tenant_schemas_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("RowPolicy:worker_only", "using ((select tenancy.scope()) = 'worker') with check ((select tenancy.scope()) = 'worker')");

            migrationBuilder.CreateTable(
                name: "tenant_users",
                schema: "platform",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roles = table.Column<string[]>(type: "text[]", nullable: false),
                    email = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "active"),
                    joined = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant_users", x => new { x.tenant_id, x.user_id });
                    table.CheckConstraint("ck_tenant_users_email_format", "email = lower(email) and email ~ '^[^@\\s]+@[^@\\s]+$' and length(email) <= 254");
                    table.CheckConstraint("ck_tenant_users_roles_not_empty", "cardinality(roles) between 1 and 20 and array_position(roles, null) is null");
                    table.CheckConstraint("ck_tenant_users_status", "status in ('active', 'suspended')");
                    table.ForeignKey(
                        name: "fk_tenant_users_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_tenant_users_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "platform",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:add", "for insert with check (tenant_id = (select tenancy.tenant_id()))")
                .Annotation("RowPolicy:change", "for update using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))")
                .Annotation("RowPolicy:read", "for select using (tenant_id = (select tenancy.tenant_id()) or (user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) = 'platform')");

            migrationBuilder.CreateTable(
                name: "invitations",
                schema: "platform",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false, defaultValue: "member"),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "pending"),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    invited_by = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: true),
                    onboarding_path_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_invitations_email_format", "email = lower(email) and email ~ '^[^@\\s]+@[^@\\s]+$' and length(email) <= 254");
                    table.CheckConstraint("ck_invitations_expires_after_created", "expires > created");
                    table.CheckConstraint("ck_invitations_role_length", "length(role) between 1 and 50");
                    table.CheckConstraint("ck_invitations_status", "status in ('pending', 'accepted', 'rejected', 'canceled')");
                    table.CheckConstraint("ck_invitations_token_hash_length", "octet_length(token_hash) = 32");
                    table.ForeignKey(
                        name: "fk_invitations_teams_tenant_id_team_id",
                        columns: x => new { x.tenant_id, x.team_id },
                        principalSchema: "platform",
                        principalTable: "teams",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_invitations_tenant_users_tenant_id_invited_by",
                        columns: x => new { x.tenant_id, x.invited_by },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_invitations_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "subscriptions",
                schema: "platform",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan = table.Column<string>(type: "text", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "incomplete"),
                    period_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    period_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trial_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trial_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancel_at_period_end = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    seats = table.Column<int>(type: "integer", nullable: true),
                    limits = table.Column<string>(type: "jsonb", nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    stripe_customer_id = table.Column<string>(type: "text", nullable: true),
                    stripe_subscription_id = table.Column<string>(type: "text", nullable: true),
                    stripe_price_id = table.Column<string>(type: "text", nullable: true),
                    stripe_current_period_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stripe_current_period_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stripe_trial_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stripe_trial_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stripe_cancel_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stripe_cancel_at_period_end = table.Column<bool>(type: "boolean", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscriptions", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_subscriptions_limits_object", "jsonb_typeof(limits) = 'object'");
                    table.CheckConstraint("ck_subscriptions_limits_positive", "not limits @? '$.* ? (@.type() != \"number\" || @ < 0)'");
                    table.CheckConstraint("ck_subscriptions_metadata_object", "jsonb_typeof(metadata) = 'object' and not metadata @? '$.* ? (@.type() != \"string\")'");
                    table.CheckConstraint("ck_subscriptions_metadata_strings", "not metadata @? '$.* ? (@.type() != \"string\")' and length(metadata::text) <= 16384");
                    table.CheckConstraint("ck_subscriptions_period_order", "period_end > period_start");
                    table.CheckConstraint("ck_subscriptions_seats_positive", "seats > 0");
                    table.CheckConstraint("ck_subscriptions_status", "status in ('incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused')");
                    table.CheckConstraint("ck_subscriptions_trial_order", "trial_end > trial_start");
                    table.ForeignKey(
                        name: "fk_subscriptions_plans_plan",
                        column: x => x.plan,
                        principalSchema: "platform",
                        principalTable: "plans",
                        principalColumn: "key",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_subscriptions_tenant_users_tenant_id_user_id",
                        columns: x => new { x.tenant_id, x.user_id },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_subscriptions_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "team_invitations",
                schema: "platform",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false, defaultValue: "member"),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "pending"),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    invited_by = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    onboarding_path_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_team_invitations", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_team_invitations_email_format", "email = lower(email) and email ~ '^[^@\\s]+@[^@\\s]+$' and length(email) <= 254");
                    table.CheckConstraint("ck_team_invitations_expires_after_created", "expires > created");
                    table.CheckConstraint("ck_team_invitations_role", "role in ('lead', 'member')");
                    table.CheckConstraint("ck_team_invitations_status", "status in ('pending', 'accepted', 'rejected', 'canceled')");
                    table.CheckConstraint("ck_team_invitations_token_hash_length", "octet_length(token_hash) = 32");
                    table.ForeignKey(
                        name: "fk_team_invitations_teams_tenant_id_team_id",
                        columns: x => new { x.tenant_id, x.team_id },
                        principalSchema: "platform",
                        principalTable: "teams",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_team_invitations_tenant_users_tenant_id_invited_by",
                        columns: x => new { x.tenant_id, x.invited_by },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_team_invitations_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "team_members",
                schema: "platform",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false, defaultValue: "member"),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_team_members", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_team_members_role", "role in ('lead', 'member')");
                    table.ForeignKey(
                        name: "fk_team_members_teams_tenant_id_team_id",
                        columns: x => new { x.tenant_id, x.team_id },
                        principalSchema: "platform",
                        principalTable: "teams",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_team_members_tenant_users_tenant_id_user_id",
                        columns: x => new { x.tenant_id, x.user_id },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_team_members_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_provider_id_account_id",
                schema: "platform",
                table: "accounts",
                columns: new[] { "provider_id", "account_id" },
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_user_id",
                schema: "platform",
                table: "accounts",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_error_logs_created_id",
                schema: "platform",
                table: "error_logs",
                columns: new[] { "created", "id" },
                descending: new bool[0],
                filter: "resolved is null and deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_error_logs_resolved_by",
                schema: "platform",
                table: "error_logs",
                column: "resolved_by");

            migrationBuilder.CreateIndex(
                name: "ix_error_logs_tenant_id_created_id",
                schema: "platform",
                table: "error_logs",
                columns: new[] { "tenant_id", "created", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_error_logs_user_id",
                schema: "platform",
                table: "error_logs",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_tenant_id_email",
                schema: "platform",
                table: "invitations",
                columns: new[] { "tenant_id", "email" },
                unique: true,
                filter: "status = 'pending' and deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_tenant_id_invited_by",
                schema: "platform",
                table: "invitations",
                columns: new[] { "tenant_id", "invited_by" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_tenant_id_team_id",
                schema: "platform",
                table: "invitations",
                columns: new[] { "tenant_id", "team_id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_tenant_id_token_hash",
                schema: "platform",
                table: "invitations",
                columns: new[] { "tenant_id", "token_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_roles_tenant_id",
                schema: "platform",
                table: "roles",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "ix_roles_tenant_id_name",
                schema: "platform",
                table: "roles",
                columns: new[] { "tenant_id", "name" },
                unique: true,
                filter: "deleted is null")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_impersonated_by",
                schema: "platform",
                table: "sessions",
                column: "impersonated_by");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_tenant_id",
                schema: "platform",
                table: "sessions",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_token_hash",
                schema: "platform",
                table: "sessions",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_user_id",
                schema: "platform",
                table: "sessions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_plan",
                schema: "platform",
                table: "subscriptions",
                column: "plan");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_tenant_id_stripe_subscription_id",
                schema: "platform",
                table: "subscriptions",
                columns: new[] { "tenant_id", "stripe_subscription_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_tenant_id_user_id",
                schema: "platform",
                table: "subscriptions",
                columns: new[] { "tenant_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_system_metrics_name_created",
                schema: "platform",
                table: "system_metrics",
                columns: new[] { "name", "created" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_system_metrics_tenant_id_created_id",
                schema: "platform",
                table: "system_metrics",
                columns: new[] { "tenant_id", "created", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_team_invitations_tenant_id_invited_by",
                schema: "platform",
                table: "team_invitations",
                columns: new[] { "tenant_id", "invited_by" });

            migrationBuilder.CreateIndex(
                name: "ix_team_invitations_tenant_id_team_id",
                schema: "platform",
                table: "team_invitations",
                columns: new[] { "tenant_id", "team_id" });

            migrationBuilder.CreateIndex(
                name: "ix_team_invitations_tenant_id_team_id_email",
                schema: "platform",
                table: "team_invitations",
                columns: new[] { "tenant_id", "team_id", "email" },
                unique: true,
                filter: "status = 'pending' and deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_team_invitations_tenant_id_token_hash",
                schema: "platform",
                table: "team_invitations",
                columns: new[] { "tenant_id", "token_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_team_members_tenant_id_team_id_user_id",
                schema: "platform",
                table: "team_members",
                columns: new[] { "tenant_id", "team_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_team_members_tenant_id_user_id",
                schema: "platform",
                table: "team_members",
                columns: new[] { "tenant_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_teams_tenant_id_name",
                schema: "platform",
                table: "teams",
                columns: new[] { "tenant_id", "name" },
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_tenant_schemas_name",
                schema: "platform",
                table: "tenant_schemas",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tenant_users_user_id",
                schema: "platform",
                table: "tenant_users",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_tenants_created_by",
                schema: "platform",
                table: "tenants",
                column: "created_by");

            migrationBuilder.CreateIndex(
                name: "ix_tenants_key",
                schema: "platform",
                table: "tenants",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tenants_plan",
                schema: "platform",
                table: "tenants",
                column: "plan");

            migrationBuilder.CreateIndex(
                name: "ix_tenants_slug",
                schema: "platform",
                table: "tenants",
                column: "slug",
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_tenants_stripe_customer_id",
                schema: "platform",
                table: "tenants",
                column: "stripe_customer_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_email",
                schema: "platform",
                table: "users",
                column: "email",
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_users_external_id",
                schema: "platform",
                table: "users",
                column: "external_id",
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_users_invite_token_hash",
                schema: "platform",
                table: "users",
                column: "invite_token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_verifications_identifier",
                schema: "platform",
                table: "verifications",
                column: "identifier");

            migrationBuilder.CreateIndex(
                name: "ix_verifications_value_hash",
                schema: "platform",
                table: "verifications",
                column: "value_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "error_logs",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "invitations",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "permissions",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "platform_users",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "roles",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "sessions",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "subscriptions",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "system_metrics",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "team_invitations",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "team_members",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "tenant_schemas",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "verifications",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "teams",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "tenant_users",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "tenants",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "plans",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "users",
                schema: "platform");
        }
    }
}
