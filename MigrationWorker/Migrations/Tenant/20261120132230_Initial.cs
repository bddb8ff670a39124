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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "todos");
        }
    }
}
