namespace TenantPlatform.ApiService.Tests.Access;

public sealed class RequiredPermissionTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_viewer_reads_todos_and_changes_none()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var viewer = await fixture.Api.SignUpAsync();
        await fixture.AddMemberAsync(tenant, viewer, "viewer");

        (await viewer.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);
        var refused = await viewer.PostAsync(tenant.Todos, new { title = "Water the plants" });

        refused.RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        Assert.Contains("todos:write", (string?)refused.Body["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_does_not_exist_permits_nothing()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var member = await fixture.Api.SignUpAsync();
        await fixture.AddMemberAsync(tenant, member, "ghost");

        (await member.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task A_tenants_own_role_permits_what_it_says()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var member = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync(
            "insert into platform.roles (id, tenant_id, name, permissions) values (gen_random_uuid(), $1, 'scribe', '[\"todos:write\"]')", tenant.TenantId);
        await fixture.AddMemberAsync(tenant, member, "scribe");

        (await member.PostAsync(tenant.Todos, new { title = "Water the plants" })).Require(HttpStatusCode.Created);
        (await member.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_tenants_role_of_the_same_name_permits_nothing_here()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var member = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync(
            "insert into platform.roles (id, tenant_id, name, permissions) values (gen_random_uuid(), $1, 'king', '[\"*\"]')", other.TenantId);
        await fixture.AddMemberAsync(tenant, member, "king");

        (await member.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }
}
