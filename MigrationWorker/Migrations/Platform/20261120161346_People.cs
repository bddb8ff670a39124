using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TenantPlatform.MigrationWorker.Migrations.Platform
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "platform_users",
                schema: "platform")
                .Annotation("RowPolicy:add", "for insert with check ((select tenancy.scope()) = 'platform')")
                .Annotation("RowPolicy:change", "for update using ((select tenancy.scope()) = 'platform') with check ((select tenancy.scope()) = 'platform')")
                .Annotation("RowPolicy:read", "for select using ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) in ('auth', 'platform'))")
                .OldAnnotation("RowPolicy:read", "for select using ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) in ('auth', 'platform'))");

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    next_attempt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sent = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => x.id);
                    table.CheckConstraint("ck_outbox_messages_attempts", "attempts >= 0");
                    table.CheckConstraint("ck_outbox_messages_error_length", "length(error) between 1 and 1000");
                    table.CheckConstraint("ck_outbox_messages_kind_format", "kind ~ '^[a-z][a-z0-9-]{0,49}$'");
                    table.CheckConstraint("ck_outbox_messages_payload_of_unsent", "(payload is not null) = (next_attempt is not null)");
                    table.CheckConstraint("ck_outbox_messages_recipient_length", "length(recipient) between 3 and 254");
                })
                .Annotation("RowPolicy:add", "for insert with check ((select tenancy.scope()) is not null)")
                .Annotation("RowPolicy:change", "for update using ((select tenancy.scope()) = 'delivery') with check ((select tenancy.scope()) = 'delivery')")
                .Annotation("RowPolicy:read", "for select using ((select tenancy.scope()) = 'delivery')");

            migrationBuilder.CreateTable(
                name: "platform_audit_logs",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    resource_type = table.Column<string>(type: "text", nullable: false),
                    resource_id = table.Column<string>(type: "text", nullable: false),
                    details = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    ip_address = table.Column<string>(type: "text", nullable: true),
                    user_agent = table.Column<string>(type: "text", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_audit_logs", x => x.id);
                    table.CheckConstraint("ck_platform_audit_logs_action_format", "action ~ '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)+$' and length(action) <= 100");
                    table.CheckConstraint("ck_platform_audit_logs_details_object", "jsonb_typeof(details) = 'object' and not details @? '$.* ? (@.type() != \"string\")'");
                    table.CheckConstraint("ck_platform_audit_logs_ip_address_length", "length(ip_address) <= 45");
                    table.CheckConstraint("ck_platform_audit_logs_resource_id_length", "length(resource_id) between 1 and 200");
                    table.CheckConstraint("ck_platform_audit_logs_resource_type_format", "resource_type ~ '^[a-z][a-z0-9_]{0,62}$'");
                    table.CheckConstraint("ck_platform_audit_logs_trace_id_format", "trace_id ~ '^[0-9a-f]{32}$'");
                    table.CheckConstraint("ck_platform_audit_logs_user_agent_length", "length(user_agent) <= 1000");
                })
                .Annotation("RowPolicy:add", "for insert with check ((select tenancy.scope()) = 'platform' and actor_id = (select tenancy.user_id()))")
                .Annotation("RowPolicy:read", "for select using ((select tenancy.scope()) = 'platform')");

            migrationBuilder.CreateTable(
                name: "sign_in_failures",
                schema: "platform",
                columns: table => new
                {
                    email_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    blocked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_failures", x => x.email_hash);
                    table.CheckConstraint("ck_sign_in_failures_email_hash_length", "octet_length(email_hash) = 32");
                    table.CheckConstraint("ck_sign_in_failures_failures", "failures >= 0");
                })
                .Annotation("RowPolicy:auth_only", "using ((select tenancy.scope()) = 'auth') with check ((select tenancy.scope()) = 'auth')");

            migrationBuilder.CreateTable(
                name: "tenant_entries",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant_entries", x => x.id);
                    table.CheckConstraint("ck_tenant_entries_expires_after_created", "expires > created");
                    table.CheckConstraint("ck_tenant_entries_reason_length", "length(reason) between 1 and 500");
                    table.ForeignKey(
                        name: "fk_tenant_entries_platform_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "platform",
                        principalTable: "platform_users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_tenant_entries_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:add", "for insert with check ((select tenancy.scope()) = 'platform' and user_id = (select tenancy.user_id()))")
                .Annotation("RowPolicy:change", "for update using ((select tenancy.scope()) = 'platform' and user_id = (select tenancy.user_id())) with check ((select tenancy.scope()) = 'platform' and user_id = (select tenancy.user_id()))")
                .Annotation("RowPolicy:read", "for select using ((select tenancy.scope()) = 'platform')");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_created",
                schema: "platform",
                table: "outbox_messages",
                column: "created");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_next_attempt",
                schema: "platform",
                table: "outbox_messages",
                column: "next_attempt",
                filter: "next_attempt is not null");

            migrationBuilder.CreateIndex(
                name: "ix_platform_audit_logs_created_id",
                schema: "platform",
                table: "platform_audit_logs",
                columns: new[] { "created", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_platform_audit_logs_resource_type_resource_id_created",
                schema: "platform",
                table: "platform_audit_logs",
                columns: new[] { "resource_type", "resource_id", "created" },
                descending: new[] { false, false, true });

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_failures_updated",
                schema: "platform",
                table: "sign_in_failures",
                column: "updated");

            migrationBuilder.CreateIndex(
                name: "ix_tenant_entries_session_id_tenant_id",
                schema: "platform",
                table: "tenant_entries",
                columns: new[] { "session_id", "tenant_id" });

            migrationBuilder.CreateIndex(
                name: "ix_tenant_entries_tenant_id_created",
                schema: "platform",
                table: "tenant_entries",
                columns: new[] { "tenant_id", "created" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_tenant_entries_user_id",
                schema: "platform",
                table: "tenant_entries",
                column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outbox_messages",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "platform_audit_logs",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "sign_in_failures",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "tenant_entries",
                schema: "platform");

            migrationBuilder.AlterTable(
                name: "platform_users",
                schema: "platform")
                .Annotation("RowPolicy:read", "for select using ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) in ('auth', 'platform'))")
                .OldAnnotation("RowPolicy:add", "for insert with check ((select tenancy.scope()) = 'platform')")
                .OldAnnotation("RowPolicy:change", "for update using ((select tenancy.scope()) = 'platform') with check ((select tenancy.scope()) = 'platform')")
                .OldAnnotation("RowPolicy:read", "for select using ((user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) in ('auth', 'platform'))");
        }
    }
}
