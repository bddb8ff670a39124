using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TenantPlatform.MigrationWorker.Migrations.Platform
{
    /// <inheritdoc />
    public partial class SelfJoin : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "tenant_users",
                schema: "platform")
                .Annotation("RowPolicy:add", "for insert with check (tenant_id = (select tenancy.tenant_id()) and user_id = (select tenancy.user_id()))")
                .Annotation("RowPolicy:change", "for update using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))")
                .Annotation("RowPolicy:read", "for select using (tenant_id = (select tenancy.tenant_id()) or (user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) = 'platform')")
                .OldAnnotation("RowPolicy:add", "for insert with check (tenant_id = (select tenancy.tenant_id()))")
                .OldAnnotation("RowPolicy:change", "for update using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))")
                .OldAnnotation("RowPolicy:read", "for select using (tenant_id = (select tenancy.tenant_id()) or (user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) = 'platform')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "tenant_users",
                schema: "platform")
                .Annotation("RowPolicy:add", "for insert with check (tenant_id = (select tenancy.tenant_id()))")
                .Annotation("RowPolicy:change", "for update using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))")
                .Annotation("RowPolicy:read", "for select using (tenant_id = (select tenancy.tenant_id()) or (user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) = 'platform')")
                .OldAnnotation("RowPolicy:add", "for insert with check (tenant_id = (select tenancy.tenant_id()) and user_id = (select tenancy.user_id()))")
                .OldAnnotation("RowPolicy:change", "for update using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))")
                .OldAnnotation("RowPolicy:read", "for select using (tenant_id = (select tenancy.tenant_id()) or (user_id = (select tenancy.user_id()) and (select tenancy.scope()) = 'user') or (select tenancy.scope()) = 'platform')");
        }
    }
}
