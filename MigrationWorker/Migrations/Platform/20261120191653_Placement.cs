using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TenantPlatform.MigrationWorker.Migrations.Platform
{
    /// <inheritdoc />
    public partial class Placement : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_tenant_schemas",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropIndex(
                name: "ix_tenant_schemas_name",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tenant_schemas_error_of_failed",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tenant_schemas_name_format",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tenant_schemas_state",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropColumn(
                name: "state",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.AlterTable(
                name: "tenants",
                schema: "platform")
                .Annotation("RowPolicy:add", "for insert with check (id = (select tenancy.tenant_id()) and plan = 'free' and status = case placement when 'pooled' then 'active' else 'provisioning' end)")
                .Annotation("RowPolicy:change", "for update using (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform')) with check (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform'))")
                .Annotation("RowPolicy:read", "for select using (id = (select tenancy.tenant_id()) or id = any ((select tenancy.my_tenants())::uuid[]) or (select tenancy.scope()) = 'platform')")
                .OldAnnotation("RowPolicy:add", "for insert with check (id = (select tenancy.tenant_id()) and status = 'active' and placement = 'pooled' and plan = 'free')")
                .OldAnnotation("RowPolicy:change", "for update using (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform')) with check (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform'))")
                .OldAnnotation("RowPolicy:read", "for select using (id = (select tenancy.tenant_id()) or id = any ((select tenancy.my_tenants())::uuid[]) or (select tenancy.scope()) = 'platform')");

            migrationBuilder.AlterColumn<Guid>(
                name: "tenant_id",
                schema: "platform",
                table: "tenant_schemas",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<bool>(
                name: "canary",
                schema: "platform",
                table: "tenant_schemas",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "failures",
                schema: "platform",
                table: "tenant_schemas",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "wave",
                schema: "platform",
                table: "tenant_schemas",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddPrimaryKey(
                name: "pk_tenant_schemas",
                schema: "platform",
                table: "tenant_schemas",
                column: "name");

            migrationBuilder.CreateTable(
                name: "tenant_moves",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    phase = table.Column<string>(type: "text", nullable: false, defaultValue: "building"),
                    copied_up_to = table.Column<long>(type: "bigint", nullable: true),
                    rows_copied = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    pause = table.Column<double>(type: "double precision", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    finished = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant_moves", x => x.id);
                    table.CheckConstraint("ck_tenant_moves_counts", "rows_copied >= 0 and pause >= 0");
                    table.CheckConstraint("ck_tenant_moves_finished", "(finished is not null) = (phase in ('done', 'cancelled'))");
                    table.CheckConstraint("ck_tenant_moves_phase", "phase in ('building', 'copying', 'cleaning', 'done', 'cancelled')");
                    table.CheckConstraint("ck_tenant_moves_placements", "source in ('pooled', 'dedicated') and target in ('pooled', 'dedicated') and source <> target");
                    table.ForeignKey(
                        name: "fk_tenant_moves_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalSchema: "platform",
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("RowPolicy:worker_only", "using ((select tenancy.scope()) = 'worker') with check ((select tenancy.scope()) = 'worker')");

            migrationBuilder.CreateIndex(
                name: "ix_tenant_schemas_tenant_id",
                schema: "platform",
                table: "tenant_schemas",
                column: "tenant_id",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_tenant_schemas_failures_of_error",
                schema: "platform",
                table: "tenant_schemas",
                sql: "failures >= 0 and (failures > 0) = (error is not null)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tenant_schemas_name_format",
                schema: "platform",
                table: "tenant_schemas",
                sql: "name ~ (case when tenant_id is null then '^spare_' else '^tenant_' end || '[a-z0-9]{10,20}$')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tenant_schemas_spare_built",
                schema: "platform",
                table: "tenant_schemas",
                sql: "tenant_id is not null or applied_migration is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tenant_schemas_wave_positive",
                schema: "platform",
                table: "tenant_schemas",
                sql: "wave >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_tenant_moves_tenant_id_all",
                schema: "platform",
                table: "tenant_moves",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "ix_tenant_moves_under_way",
                schema: "platform",
                table: "tenant_moves",
                column: "tenant_id",
                unique: true,
                filter: "finished is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "tenant_moves",
                schema: "platform");

            migrationBuilder.DropPrimaryKey(
                name: "pk_tenant_schemas",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropIndex(
                name: "ix_tenant_schemas_tenant_id",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tenant_schemas_failures_of_error",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tenant_schemas_name_format",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tenant_schemas_spare_built",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tenant_schemas_wave_positive",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropColumn(
                name: "canary",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropColumn(
                name: "failures",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.DropColumn(
                name: "wave",
                schema: "platform",
                table: "tenant_schemas");

            migrationBuilder.AlterTable(
                name: "tenants",
                schema: "platform")
                .Annotation("RowPolicy:add", "for insert with check (id = (select tenancy.tenant_id()) and status = 'active' and placement = 'pooled' and plan = 'free')")
                .Annotation("RowPolicy:change", "for update using (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform')) with check (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform'))")
                .Annotation("RowPolicy:read", "for select using (id = (select tenancy.tenant_id()) or id = any ((select tenancy.my_tenants())::uuid[]) or (select tenancy.scope()) = 'platform')")
                .OldAnnotation("RowPolicy:add", "for insert with check (id = (select tenancy.tenant_id()) and plan = 'free' and status = case placement when 'pooled' then 'active' else 'provisioning' end)")
                .OldAnnotation("RowPolicy:change", "for update using (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform')) with check (id = (select tenancy.tenant_id()) and (status = 'active' or (select tenancy.scope()) = 'platform'))")
                .OldAnnotation("RowPolicy:read", "for select using (id = (select tenancy.tenant_id()) or id = any ((select tenancy.my_tenants())::uuid[]) or (select tenancy.scope()) = 'platform')");

            migrationBuilder.AlterColumn<Guid>(
                name: "tenant_id",
                schema: "platform",
                table: "tenant_schemas",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                schema: "platform",
                table: "tenant_schemas",
                type: "text",
                nullable: false,
                defaultValue: "pending");

            migrationBuilder.AddPrimaryKey(
                name: "pk_tenant_schemas",
                schema: "platform",
                table: "tenant_schemas",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "ix_tenant_schemas_name",
                schema: "platform",
                table: "tenant_schemas",
                column: "name",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_tenant_schemas_error_of_failed",
                schema: "platform",
                table: "tenant_schemas",
                sql: "(error is not null) = (state = 'failed')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tenant_schemas_name_format",
                schema: "platform",
                table: "tenant_schemas",
                sql: "name ~ '^tenant_[a-z0-9]{10,20}$'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tenant_schemas_state",
                schema: "platform",
                table: "tenant_schemas",
                sql: "state in ('pending', 'migrating', 'ready', 'failed')");
        }
    }
}
