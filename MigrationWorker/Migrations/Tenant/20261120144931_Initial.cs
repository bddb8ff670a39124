using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TenantPlatform.MigrationWorker.Migrations.Tenant
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_logs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_type = table.Column<string>(type: "text", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    action = table.Column<string>(type: "text", nullable: false),
                    resource_type = table.Column<string>(type: "text", nullable: false),
                    resource_id = table.Column<string>(type: "text", nullable: true),
                    old_values = table.Column<string>(type: "jsonb", nullable: true),
                    new_values = table.Column<string>(type: "jsonb", nullable: true),
                    ip_address = table.Column<string>(type: "text", nullable: true),
                    user_agent = table.Column<string>(type: "text", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_logs", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_audit_logs_action_format", "action ~ '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)+$' and length(action) <= 100");
                    table.CheckConstraint("ck_audit_logs_actor_known", "(actor_type = 'system') = (actor_id is null)");
                    table.CheckConstraint("ck_audit_logs_actor_type", "actor_type in ('member', 'platform', 'system')");
                    table.CheckConstraint("ck_audit_logs_ip_address_length", "length(ip_address) <= 45");
                    table.CheckConstraint("ck_audit_logs_new_values_object", "jsonb_typeof(new_values) = 'object'");
                    table.CheckConstraint("ck_audit_logs_old_values_object", "jsonb_typeof(old_values) = 'object'");
                    table.CheckConstraint("ck_audit_logs_resource_id_length", "length(resource_id) between 1 and 200");
                    table.CheckConstraint("ck_audit_logs_resource_type_format", "resource_type ~ '^[a-z][a-z0-9_]{0,62}$'");
                    table.CheckConstraint("ck_audit_logs_trace_id_format", "trace_id ~ '^[0-9a-f]{32}$'");
                    table.CheckConstraint("ck_audit_logs_user_agent_length", "length(user_agent) <= 1000");
                    table.ForeignKey(
                        name: "fk_audit_logs_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "onboarding_paths",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    target_role = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "draft"),
                    estimated_minutes = table.Column<int>(type: "integer", nullable: true),
                    created_by = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_onboarding_paths", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_onboarding_paths_description_length", "length(description) <= 10000");
                    table.CheckConstraint("ck_onboarding_paths_estimated_minutes_positive", "estimated_minutes > 0");
                    table.CheckConstraint("ck_onboarding_paths_name_length", "length(name) between 1 and 200");
                    table.CheckConstraint("ck_onboarding_paths_status", "status in ('draft', 'published', 'archived')");
                    table.CheckConstraint("ck_onboarding_paths_target_role_length", "length(target_role) between 1 and 100");
                    table.CheckConstraint("ck_onboarding_paths_version_positive", "version > 0");
                    table.ForeignKey(
                        name: "fk_onboarding_paths_tenant_users_tenant_id_created_by",
                        columns: x => new { x.tenant_id, x.created_by },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_onboarding_paths_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "report_weeks",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    week_ending_date = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "draft"),
                    summary = table.Column<string>(type: "text", nullable: true),
                    published = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_report_weeks", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_report_weeks_published", "(status = 'published') = (published is not null)");
                    table.CheckConstraint("ck_report_weeks_status", "status in ('draft', 'ready', 'published')");
                    table.CheckConstraint("ck_report_weeks_summary_length", "length(summary) <= 100000");
                    table.CheckConstraint("ck_report_weeks_version_positive", "version > 0");
                    table.ForeignKey(
                        name: "fk_report_weeks_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "settings",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    preferences = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{\"theme\":\"system\",\"notifications\":{\"email\":true,\"push\":true},\"language\":\"en\"}'::jsonb"),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settings", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_settings_preferences_language", "coalesce(preferences ->> 'language' ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$', false)");
                    table.CheckConstraint("ck_settings_preferences_notifications", "coalesce(jsonb_typeof(preferences #> '{notifications,email}') = 'boolean' and jsonb_typeof(preferences #> '{notifications,push}') = 'boolean', false)");
                    table.CheckConstraint("ck_settings_preferences_object", "jsonb_typeof(preferences) = 'object'");
                    table.CheckConstraint("ck_settings_preferences_theme", "coalesce(preferences ->> 'theme' in ('light', 'dark', 'system'), false)");
                    table.CheckConstraint("ck_settings_version_positive", "version > 0");
                    table.ForeignKey(
                        name: "fk_settings_tenant_users_tenant_id_user_id",
                        columns: x => new { x.tenant_id, x.user_id },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_settings_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "todos",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    completed = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    priority = table.Column<int>(type: "integer", nullable: false, defaultValue: 3),
                    due_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_todos", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_todos_description_length", "length(description) <= 10000");
                    table.CheckConstraint("ck_todos_priority_range", "priority between 1 and 5");
                    table.CheckConstraint("ck_todos_title_length", "length(title) between 1 and 500");
                    table.CheckConstraint("ck_todos_version_positive", "version > 0");
                    table.ForeignKey(
                        name: "fk_todos_tenant_users_tenant_id_assigned_to",
                        columns: x => new { x.tenant_id, x.assigned_to },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_todos_tenant_users_tenant_id_created_by",
                        columns: x => new { x.tenant_id, x.created_by },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_todos_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "usage_counters",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    metric = table.Column<string>(type: "text", nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: true),
                    period_end = table.Column<DateOnly>(type: "date", nullable: true),
                    used = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_usage_counters", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_usage_counters_metric_format", "metric ~ '^[a-z][a-z0-9_]{0,62}$'");
                    table.CheckConstraint("ck_usage_counters_period", "(period_start is null) = (period_end is null) and period_end > period_start");
                    table.CheckConstraint("ck_usage_counters_used_not_negative", "used >= 0");
                    table.ForeignKey(
                        name: "fk_usage_counters_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "onboarding_milestones",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    path_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    criterion = table.Column<string>(type: "text", nullable: false),
                    threshold = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    points = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    badge_url = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_onboarding_milestones", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_onboarding_milestones_badge_url_format", "badge_url ~ '^https?://\\S+$' and length(badge_url) <= 2000");
                    table.CheckConstraint("ck_onboarding_milestones_criterion", "criterion in ('steps_completed', 'score_reached', 'paths_completed')");
                    table.CheckConstraint("ck_onboarding_milestones_description_length", "length(description) <= 10000");
                    table.CheckConstraint("ck_onboarding_milestones_name_length", "length(name) between 1 and 200");
                    table.CheckConstraint("ck_onboarding_milestones_points_not_negative", "points >= 0");
                    table.CheckConstraint("ck_onboarding_milestones_threshold_range", "threshold > 0 and (criterion <> 'score_reached' or threshold <= 100)");
                    table.CheckConstraint("ck_onboarding_milestones_version_positive", "version > 0");
                    table.ForeignKey(
                        name: "fk_onboarding_milestones_onboarding_paths_tenant_id_path_id",
                        columns: x => new { x.tenant_id, x.path_id },
                        principalTable: "onboarding_paths",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_onboarding_milestones_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "onboarding_steps",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    path_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    type = table.Column<string>(type: "text", nullable: false),
                    estimated_minutes = table.Column<int>(type: "integer", nullable: true),
                    required = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    passing_score = table.Column<int>(type: "integer", nullable: true),
                    prerequisite_id = table.Column<Guid>(type: "uuid", nullable: true),
                    configuration = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_onboarding_steps", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_onboarding_steps_configuration_fields", "coalesce(jsonb_typeof(configuration -> 'questions'), 'array') = 'array' and coalesce(jsonb_typeof(configuration -> 'maxAttempts'), 'number') = 'number'");
                    table.CheckConstraint("ck_onboarding_steps_configuration_object", "jsonb_typeof(configuration) = 'object'");
                    table.CheckConstraint("ck_onboarding_steps_description_length", "length(description) <= 10000");
                    table.CheckConstraint("ck_onboarding_steps_estimated_minutes_positive", "estimated_minutes > 0");
                    table.CheckConstraint("ck_onboarding_steps_passing_score_range", "passing_score between 0 and 100");
                    table.CheckConstraint("ck_onboarding_steps_position_positive", "position > 0");
                    table.CheckConstraint("ck_onboarding_steps_prerequisite_other", "prerequisite_id <> id");
                    table.CheckConstraint("ck_onboarding_steps_title_length", "length(title) between 1 and 200");
                    table.CheckConstraint("ck_onboarding_steps_type", "type in ('article', 'video', 'form', 'quiz', 'task', 'tour')");
                    table.CheckConstraint("ck_onboarding_steps_version_positive", "version > 0");
                    table.ForeignKey(
                        name: "fk_onboarding_steps_onboarding_paths_tenant_id_path_id",
                        columns: x => new { x.tenant_id, x.path_id },
                        principalTable: "onboarding_paths",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_onboarding_steps_onboarding_steps_tenant_id_prerequisite_id",
                        columns: x => new { x.tenant_id, x.prerequisite_id },
                        principalTable: "onboarding_steps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_onboarding_steps_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "tenant_onboarding_configs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    default_path_id = table.Column<Guid>(type: "uuid", nullable: true),
                    allow_skipping = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    remind_after_days = table.Column<int>(type: "integer", nullable: true),
                    branding = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant_onboarding_configs", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_tenant_onboarding_configs_branding_logo_url", "branding ->> 'logoUrl' ~ '^https?://\\S+$'");
                    table.CheckConstraint("ck_tenant_onboarding_configs_branding_object", "jsonb_typeof(branding) = 'object'");
                    table.CheckConstraint("ck_tenant_onboarding_configs_branding_primary_color", "branding ->> 'primaryColor' ~ '^#[0-9a-fA-F]{6}$'");
                    table.CheckConstraint("ck_tenant_onboarding_configs_remind_after_days_positive", "remind_after_days > 0");
                    table.CheckConstraint("ck_tenant_onboarding_configs_version_positive", "version > 0");
                    table.ForeignKey(
                        name: "fk_tenant_onboarding_configs_tenant_id_default_path_id",
                        columns: x => new { x.tenant_id, x.default_path_id },
                        principalTable: "onboarding_paths",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tenant_onboarding_configs_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "sync_runs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_week_id = table.Column<Guid>(type: "uuid", nullable: true),
                    trigger = table.Column<string>(type: "text", nullable: false, defaultValue: "schedule"),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "running"),
                    started = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    records_fetched = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    error = table.Column<string>(type: "text", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sync_runs", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_sync_runs_error_of_failed", "(error is not null) = (status = 'failed') and length(error) <= 10000");
                    table.CheckConstraint("ck_sync_runs_finished", "(status = 'running') = (finished is null)");
                    table.CheckConstraint("ck_sync_runs_finished_after_started", "finished >= started");
                    table.CheckConstraint("ck_sync_runs_records_fetched_not_negative", "records_fetched >= 0");
                    table.CheckConstraint("ck_sync_runs_status", "status in ('running', 'succeeded', 'failed', 'cancelled')");
                    table.CheckConstraint("ck_sync_runs_trigger", "trigger in ('schedule', 'manual')");
                    table.ForeignKey(
                        name: "fk_sync_runs_report_weeks_tenant_id_report_week_id",
                        columns: x => new { x.tenant_id, x.report_week_id },
                        principalTable: "report_weeks",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_sync_runs_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "user_achievements",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    milestone_id = table.Column<Guid>(type: "uuid", nullable: false),
                    points = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    achieved = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_achievements", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_user_achievements_points_not_negative", "points >= 0");
                    table.ForeignKey(
                        name: "fk_user_achievements_tenant_id_milestone_id",
                        columns: x => new { x.tenant_id, x.milestone_id },
                        principalTable: "onboarding_milestones",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_user_achievements_tenant_users_tenant_id_user_id",
                        columns: x => new { x.tenant_id, x.user_id },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_user_achievements_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "onboarding_content",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false, defaultValue: "en"),
                    position = table.Column<int>(type: "integer", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<string>(type: "text", nullable: true),
                    url = table.Column<string>(type: "text", nullable: true),
                    duration_seconds = table.Column<int>(type: "integer", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "draft"),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_onboarding_content", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_onboarding_content_body_length", "length(body) <= 100000");
                    table.CheckConstraint("ck_onboarding_content_body_or_url", "body is not null or url is not null");
                    table.CheckConstraint("ck_onboarding_content_duration_seconds_positive", "duration_seconds > 0");
                    table.CheckConstraint("ck_onboarding_content_language_format", "language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$'");
                    table.CheckConstraint("ck_onboarding_content_position_positive", "position > 0");
                    table.CheckConstraint("ck_onboarding_content_status", "status in ('draft', 'published', 'archived')");
                    table.CheckConstraint("ck_onboarding_content_title_length", "length(title) between 1 and 200");
                    table.CheckConstraint("ck_onboarding_content_type", "type in ('text', 'image', 'video', 'document', 'link', 'interactive')");
                    table.CheckConstraint("ck_onboarding_content_url_format", "url ~ '^https?://\\S+$' and length(url) <= 2000");
                    table.CheckConstraint("ck_onboarding_content_version_positive", "version > 0");
                    table.ForeignKey(
                        name: "fk_onboarding_content_onboarding_steps_tenant_id_step_id",
                        columns: x => new { x.tenant_id, x.step_id },
                        principalTable: "onboarding_steps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_onboarding_content_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "onboarding_sessions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path_id = table.Column<Guid>(type: "uuid", nullable: false),
                    current_step_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "in_progress"),
                    progress_percentage = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    time_spent_seconds = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    started = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_active = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_onboarding_sessions", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_onboarding_sessions_completed", "(status = 'completed') = (completed is not null) and (status <> 'completed' or progress_percentage = 100)");
                    table.CheckConstraint("ck_onboarding_sessions_completed_after_started", "completed >= started");
                    table.CheckConstraint("ck_onboarding_sessions_last_active_after_started", "last_active >= started");
                    table.CheckConstraint("ck_onboarding_sessions_progress_percentage_range", "progress_percentage between 0 and 100");
                    table.CheckConstraint("ck_onboarding_sessions_status", "status in ('in_progress', 'paused', 'completed', 'abandoned')");
                    table.CheckConstraint("ck_onboarding_sessions_time_spent_seconds_not_negative", "time_spent_seconds >= 0");
                    table.ForeignKey(
                        name: "fk_onboarding_sessions_onboarding_paths_tenant_id_path_id",
                        columns: x => new { x.tenant_id, x.path_id },
                        principalTable: "onboarding_paths",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_onboarding_sessions_tenant_id_current_step_id",
                        columns: x => new { x.tenant_id, x.current_step_id },
                        principalTable: "onboarding_steps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_onboarding_sessions_tenant_users_tenant_id_user_id",
                        columns: x => new { x.tenant_id, x.user_id },
                        principalSchema: "platform",
                        principalTable: "tenant_users",
                        principalColumns: new[] { "tenant_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_onboarding_sessions_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "ct_raw_snapshots",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sync_run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint = table.Column<string>(type: "text", nullable: false),
                    parameters = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    status_code = table.Column<int>(type: "integer", nullable: false, defaultValue: 200),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ct_raw_snapshots", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_ct_raw_snapshots_endpoint_format", "endpoint ~ '^/\\S*$' and length(endpoint) <= 2000");
                    table.CheckConstraint("ck_ct_raw_snapshots_parameters_object", "jsonb_typeof(parameters) = 'object' and not parameters @? '$.* ? (@.type() != \"string\")'");
                    table.CheckConstraint("ck_ct_raw_snapshots_status_code_range", "status_code between 100 and 599");
                    table.ForeignKey(
                        name: "fk_ct_raw_snapshots_sync_runs_tenant_id_sync_run_id",
                        columns: x => new { x.tenant_id, x.sync_run_id },
                        principalTable: "sync_runs",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_ct_raw_snapshots_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "onboarding_analytics",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<Guid>(type: "uuid", nullable: true),
                    type = table.Column<string>(type: "text", nullable: false),
                    duration_seconds = table.Column<int>(type: "integer", nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_onboarding_analytics", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_onboarding_analytics_duration_seconds_not_negative", "duration_seconds >= 0");
                    table.CheckConstraint("ck_onboarding_analytics_properties_object", "jsonb_typeof(properties) = 'object' and not properties @? '$.* ? (@.type() != \"string\")'");
                    table.CheckConstraint("ck_onboarding_analytics_step_of_type", "(type like 'step%') = (step_id is not null)");
                    table.CheckConstraint("ck_onboarding_analytics_type", "type in ('session_started', 'session_completed', 'session_abandoned', 'step_started', 'step_completed', 'step_skipped', 'step_failed')");
                    table.ForeignKey(
                        name: "fk_onboarding_analytics_onboarding_steps_tenant_id_step_id",
                        columns: x => new { x.tenant_id, x.step_id },
                        principalTable: "onboarding_steps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_onboarding_analytics_tenant_id_session_id",
                        columns: x => new { x.tenant_id, x.session_id },
                        principalTable: "onboarding_sessions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_onboarding_analytics_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateTable(
                name: "user_progress",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "not_started"),
                    score = table.Column<int>(type: "integer", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    time_spent_seconds = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    started = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    completed = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answers = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_progress", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_user_progress_answers_object", "jsonb_typeof(answers) = 'object' and not answers @? '$.* ? (@.type() != \"string\")'");
                    table.CheckConstraint("ck_user_progress_attempts_not_negative", "attempts >= 0");
                    table.CheckConstraint("ck_user_progress_completed", "(status = 'completed') = (completed is not null)");
                    table.CheckConstraint("ck_user_progress_completed_after_started", "completed >= started");
                    table.CheckConstraint("ck_user_progress_score_range", "score between 0 and 100");
                    table.CheckConstraint("ck_user_progress_started", "(status = 'not_started') = (started is null) or status = 'skipped'");
                    table.CheckConstraint("ck_user_progress_status", "status in ('not_started', 'in_progress', 'completed', 'skipped', 'failed')");
                    table.CheckConstraint("ck_user_progress_time_spent_seconds_not_negative", "time_spent_seconds >= 0");
                    table.ForeignKey(
                        name: "fk_user_progress_onboarding_sessions_tenant_id_session_id",
                        columns: x => new { x.tenant_id, x.session_id },
                        principalTable: "onboarding_sessions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_user_progress_onboarding_steps_tenant_id_step_id",
                        columns: x => new { x.tenant_id, x.step_id },
                        principalTable: "onboarding_steps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_user_progress_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:tenant_isolation", "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))");

            migrationBuilder.CreateIndex(
                name: "ix_audit_logs_tenant_id_actor_id_created",
                table: "audit_logs",
                columns: new[] { "tenant_id", "actor_id", "created" },
                descending: new[] { false, false, true });

            migrationBuilder.CreateIndex(
                name: "ix_audit_logs_tenant_id_created_id",
                table: "audit_logs",
                columns: new[] { "tenant_id", "created", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_audit_logs_tenant_id_resource_type_resource_id_created",
                table: "audit_logs",
                columns: new[] { "tenant_id", "resource_type", "resource_id", "created" },
                descending: new[] { false, false, false, true });

            migrationBuilder.CreateIndex(
                name: "ix_ct_raw_snapshots_tenant_id_endpoint",
                table: "ct_raw_snapshots",
                columns: new[] { "tenant_id", "endpoint" });

            migrationBuilder.CreateIndex(
                name: "ix_ct_raw_snapshots_tenant_id_sync_run_id",
                table: "ct_raw_snapshots",
                columns: new[] { "tenant_id", "sync_run_id" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_analytics_tenant_id_created_id",
                table: "onboarding_analytics",
                columns: new[] { "tenant_id", "created", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_analytics_tenant_id_session_id",
                table: "onboarding_analytics",
                columns: new[] { "tenant_id", "session_id" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_analytics_tenant_id_step_id",
                table: "onboarding_analytics",
                columns: new[] { "tenant_id", "step_id" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_content_tenant_id_step_id",
                table: "onboarding_content",
                columns: new[] { "tenant_id", "step_id" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_content_tenant_id_step_id_language_position",
                table: "onboarding_content",
                columns: new[] { "tenant_id", "step_id", "language", "position" },
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_milestones_tenant_id_name",
                table: "onboarding_milestones",
                columns: new[] { "tenant_id", "name" },
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_milestones_tenant_id_path_id",
                table: "onboarding_milestones",
                columns: new[] { "tenant_id", "path_id" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_paths_tenant_id_created_by",
                table: "onboarding_paths",
                columns: new[] { "tenant_id", "created_by" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_paths_tenant_id_name",
                table: "onboarding_paths",
                columns: new[] { "tenant_id", "name" },
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_sessions_tenant_id_current_step_id",
                table: "onboarding_sessions",
                columns: new[] { "tenant_id", "current_step_id" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_sessions_tenant_id_path_id",
                table: "onboarding_sessions",
                columns: new[] { "tenant_id", "path_id" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_sessions_tenant_id_user_id",
                table: "onboarding_sessions",
                columns: new[] { "tenant_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_sessions_tenant_id_user_id_path_id",
                table: "onboarding_sessions",
                columns: new[] { "tenant_id", "user_id", "path_id" },
                unique: true,
                filter: "status in ('in_progress', 'paused') and deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_steps_tenant_id_path_id",
                table: "onboarding_steps",
                columns: new[] { "tenant_id", "path_id" });

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_steps_tenant_id_path_id_position",
                table: "onboarding_steps",
                columns: new[] { "tenant_id", "path_id", "position" },
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_onboarding_steps_tenant_id_prerequisite_id",
                table: "onboarding_steps",
                columns: new[] { "tenant_id", "prerequisite_id" });

            migrationBuilder.CreateIndex(
                name: "ix_report_weeks_tenant_id_week_ending_date",
                table: "report_weeks",
                columns: new[] { "tenant_id", "week_ending_date" },
                unique: true,
                filter: "deleted is null");

            migrationBuilder.CreateIndex(
                name: "ix_settings_tenant_id_user_id",
                table: "settings",
                columns: new[] { "tenant_id", "user_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_sync_runs_tenant_id_report_week_id",
                table: "sync_runs",
                columns: new[] { "tenant_id", "report_week_id" });

            migrationBuilder.CreateIndex(
                name: "ix_tenant_onboarding_configs_tenant_id",
                table: "tenant_onboarding_configs",
                column: "tenant_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tenant_onboarding_configs_tenant_id_default_path_id",
                table: "tenant_onboarding_configs",
                columns: new[] { "tenant_id", "default_path_id" });

            migrationBuilder.CreateIndex(
                name: "ix_todos_tenant_id_assigned_to",
                table: "todos",
                columns: new[] { "tenant_id", "assigned_to" });

            migrationBuilder.CreateIndex(
                name: "ix_todos_tenant_id_created_by",
                table: "todos",
                columns: new[] { "tenant_id", "created_by" });

            migrationBuilder.CreateIndex(
                name: "ix_todos_tenant_id_created_id",
                table: "todos",
                columns: new[] { "tenant_id", "created", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_usage_counters_tenant_id_metric_period_start",
                table: "usage_counters",
                columns: new[] { "tenant_id", "metric", "period_start" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_user_achievements_tenant_id_milestone_id",
                table: "user_achievements",
                columns: new[] { "tenant_id", "milestone_id" });

            migrationBuilder.CreateIndex(
                name: "ix_user_achievements_tenant_id_user_id_milestone_id",
                table: "user_achievements",
                columns: new[] { "tenant_id", "user_id", "milestone_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_user_progress_tenant_id_session_id_step_id",
                table: "user_progress",
                columns: new[] { "tenant_id", "session_id", "step_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_user_progress_tenant_id_step_id",
                table: "user_progress",
                columns: new[] { "tenant_id", "step_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_logs");

            migrationBuilder.DropTable(
                name: "ct_raw_snapshots");

            migrationBuilder.DropTable(
                name: "onboarding_analytics");

            migrationBuilder.DropTable(
                name: "onboarding_content");

            migrationBuilder.DropTable(
                name: "settings");

            migrationBuilder.DropTable(
                name: "tenant_onboarding_configs");

            migrationBuilder.DropTable(
                name: "todos");

            migrationBuilder.DropTable(
                name: "usage_counters");

            migrationBuilder.DropTable(
                name: "user_achievements");

            migrationBuilder.DropTable(
                name: "user_progress");

            migrationBuilder.DropTable(
                name: "sync_runs");

            migrationBuilder.DropTable(
                name: "onboarding_milestones");

            migrationBuilder.DropTable(
                name: "onboarding_sessions");

            migrationBuilder.DropTable(
                name: "report_weeks");

            migrationBuilder.DropTable(
                name: "onboarding_steps");

            migrationBuilder.DropTable(
                name: "onboarding_paths");
        }
    }
}
