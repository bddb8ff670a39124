namespace TenantPlatform.ApiService.Tests.Access;

public sealed class RoleTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_role_is_made_changed_and_deleted()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var made = await CreateAsync(tenant, "scribe", "todos:read");
        var changed = await tenant.User.PutAsync(Role(tenant, made), Changed("todos:write"), made.ETag);

        Assert.Equal("todos:write", (string?)changed.Require(HttpStatusCode.OK).Body["permissions"]!.AsArray().Single());
        Assert.Equal(changed.Text, (await tenant.User.GetAsync(Role(tenant, made))).Text);
        (await tenant.User.DeleteAsync(Role(tenant, made))).Require(HttpStatusCode.NoContent);
        (await tenant.User.GetAsync(Role(tenant, made))).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_list_begins_with_the_roles_of_the_system()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await CreateAsync(tenant, "aardvark", "todos:read");

        var roles = (await tenant.User.GetAsync(Roles(tenant))).Items;

        Assert.Equal(["admin", "member", "owner", "viewer", "aardvark"], roles.Select(role => (string)role!["name"]!));
        Assert.Equal([true, true, true, true, false], roles.Select(role => (bool)role!["isSystem"]!));
    }

    [Fact]
    public async Task A_changed_role_counts_at_once()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var made = await CreateAsync(tenant, "scribe", "todos:read");
        var member = await fixture.SignUpMemberAsync(tenant, "scribe");
        (await member.PostAsync(tenant.Todos, new { title = "No" })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");

        await tenant.User.PutAsync(Role(tenant, made), Changed("todos:*"));

        (await member.PostAsync(tenant.Todos, new { title = "Yes" })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nobody_makes_or_changes_a_role_that_permits_more_than_they_may()
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");
        var strong = await CreateAsync(tenant, "bookkeeper", "billing:write");

        (await admin.PostAsync(Roles(tenant), Made("king", "*"))).RequireProblem(HttpStatusCode.Forbidden, "role-beyond-yours");
        (await admin.PutAsync(Role(tenant, strong), Changed())).RequireProblem(HttpStatusCode.Forbidden, "role-beyond-yours");
        (await admin.DeleteAsync(Role(tenant, strong))).RequireProblem(HttpStatusCode.Forbidden, "role-beyond-yours");
        (await admin.PostAsync(Roles(tenant), Made("scribe", "todos:*"))).Require(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("viewer")]
    public async Task Without_the_permission_nobody_sees_or_changes_roles(string role)
    {
        var (tenant, caller) = await fixture.SignUpTenantWithAsync(role);
        var made = await CreateAsync(tenant, "scribe", "todos:read");

        (await caller.GetAsync(Roles(tenant))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.GetAsync(Role(tenant, made))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.PostAsync(Roles(tenant), Made("mine", "todos:read"))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.PutAsync(Role(tenant, made), Changed("todos:read"))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.DeleteAsync(Role(tenant, made))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task Another_tenants_role_is_not_found()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var made = await CreateAsync(tenant, "scribe", "todos:read");

        (await other.User.GetAsync(Role(other, made))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.PutAsync(Role(other, made), Changed("*"))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.DeleteAsync(Role(other, made))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.GetAsync(Roles(tenant))).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_roles_of_the_system_stay_as_they_are()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var system = (await tenant.User.GetAsync(Roles(tenant))).Items.First(role => (string?)role!["name"] == "viewer")!;
        var path = $"{Roles(tenant)}/{system["id"]}";

        (await tenant.User.PutAsync(path, Changed("*"))).RequireProblem(HttpStatusCode.Conflict, "system-role");
        (await tenant.User.DeleteAsync(path)).RequireProblem(HttpStatusCode.Conflict, "system-role");
        (await tenant.User.PostAsync(Roles(tenant), Made("viewer", "*"))).RequireInvalid("name");
    }

    [Fact]
    public async Task A_role_in_use_cannot_be_deleted()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var (held, chosen) = (await CreateAsync(tenant, "held", "todos:read"), await CreateAsync(tenant, "chosen", "todos:read"));
        await fixture.SignUpMemberAsync(tenant, "held");
        (await tenant.User.PutAsync($"{tenant.Path}/settings", new { defaultRole = "chosen", invitationDays = 3 })).Require(HttpStatusCode.OK);

        (await tenant.User.DeleteAsync(Role(tenant, held))).RequireProblem(HttpStatusCode.Conflict, "role-in-use");
        (await tenant.User.DeleteAsync(Role(tenant, chosen))).RequireProblem(HttpStatusCode.Conflict, "role-in-use");
    }

    [Fact]
    public async Task Of_two_changes_of_one_reading_the_second_is_refused()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var made = await CreateAsync(tenant, "scribe", "todos:read");
        await tenant.User.PutAsync(Role(tenant, made), Changed("todos:write"), made.ETag);

        var late = await tenant.User.PutAsync(Role(tenant, made), Changed("teams:read"), made.ETag);

        late.RequireProblem(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Fact]
    public async Task Invalid_roles_name_the_field()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.PostAsync(Roles(tenant), Made("No Spaces", "todos:read"))).RequireInvalid("name");
        (await tenant.User.PostAsync(Roles(tenant), Made("scribe", "nonsense"))).RequireInvalid("permissions[0]");
        (await tenant.User.PostAsync(Roles(tenant), Made("scribe", "dragons:tame"))).RequireInvalid("permissions");
        await CreateAsync(tenant, "scribe", "todos:read");
        (await tenant.User.PostAsync(Roles(tenant), Made("scribe", "todos:read"))).RequireInvalid("name");
    }

    private static object Made(string name, params string[] permissions) => new { name, permissions };

    private static object Changed(params string[] permissions) => new { description = "Changed", permissions };

    private static string Roles(TenantCaller tenant) => $"{tenant.Path}/roles";

    private static string Role(TenantCaller tenant, Answer role) => $"{Roles(tenant)}/{role.Id}";

    private static async Task<Answer> CreateAsync(TenantCaller tenant, string name, params string[] permissions) =>
        (await tenant.User.PostAsync(Roles(tenant), Made(name, permissions))).Require(HttpStatusCode.Created);
}
