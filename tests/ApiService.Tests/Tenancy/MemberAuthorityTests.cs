namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>Who may change whom.</summary>
public sealed class MemberAuthorityTests(ApiFixture fixture)
{
    [Theory]
    [InlineData("member")]
    [InlineData("viewer")]
    public async Task Without_the_permission_nobody_changes_or_removes_members(string role)
    {
        var (tenant, caller) = await fixture.SignUpTenantWithAsync(role);

        (await caller.GetAsync(tenant.Members)).Require(HttpStatusCode.OK);
        (await caller.PutAsync(tenant.Member(tenant.User), MemberChange.To("viewer"))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.DeleteAsync(tenant.Member(tenant.User))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.PostAsync($"{tenant.Path}/transfer-ownership", new { userId = caller.UserId })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task Without_the_permission_nobody_sees_members()
    {
        var (tenant, caller) = await fixture.SignUpTenantWithAsync("ghost");

        (await caller.GetAsync(tenant.Members)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.GetAsync(tenant.Member(caller))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task Another_tenants_members_are_not_found()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        var other = await fixture.Api.SignUpWithTenantAsync();

        (await other.User.GetAsync(tenant.Members)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.PostAsync($"{tenant.Path}/leave")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.GetAsync(other.Member(member))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.PutAsync(other.Member(member), MemberChange.To("owner"))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.DeleteAsync(other.Member(member))).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_admin_makes_nobody_an_owner()
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");

        (await admin.PutAsync(tenant.Member(admin), MemberChange.To("admin", "owner"))).RequireProblem(HttpStatusCode.Forbidden, "role-beyond-yours");
    }

    [Fact]
    public async Task An_admin_gives_no_role_that_permits_more_than_their_own()
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");
        var member = await fixture.SignUpMemberAsync(tenant, "member");
        await AddRoleAsync(tenant, "bookkeeper", "billing:write");
        await AddRoleAsync(tenant, "scribe", "todos:write");

        (await admin.PutAsync(tenant.Member(member), MemberChange.To("bookkeeper"))).RequireProblem(HttpStatusCode.Forbidden, "role-beyond-yours");
        (await admin.PutAsync(tenant.Member(member), MemberChange.To("scribe"))).Require(HttpStatusCode.OK);
        (await tenant.User.PutAsync(tenant.Member(member), MemberChange.To("bookkeeper"))).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_admin_leaves_a_role_in_place_that_they_could_not_give()
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");
        await AddRoleAsync(tenant, "bookkeeper", "billing:write");
        var bookkeeper = await fixture.SignUpMemberAsync(tenant, "bookkeeper");

        (await admin.PutAsync(tenant.Member(bookkeeper), MemberChange.To("bookkeeper", "member"))).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_tenants_role_cannot_be_given()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        await AddRoleAsync(await fixture.Api.SignUpWithTenantAsync(), "scribe", "todos:write");

        (await tenant.User.PutAsync(tenant.Member(member), MemberChange.To("scribe"))).RequireInvalid("roles");
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("king")]
    public async Task Only_who_may_do_everything_touches_those_who_may_do_everything(string role)
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");
        await AddRoleAsync(tenant, "king", "*");
        var king = await fixture.SignUpMemberAsync(tenant, role);

        (await admin.PutAsync(tenant.Member(king), MemberChange.To("viewer"))).RequireProblem(HttpStatusCode.Forbidden, "owners-only");
        (await admin.DeleteAsync(tenant.Member(king))).RequireProblem(HttpStatusCode.Forbidden, "owners-only");
        (await tenant.User.PutAsync(tenant.Member(king), MemberChange.To("viewer"))).Require(HttpStatusCode.OK);
        (await admin.DeleteAsync(tenant.Member(king))).Require(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Of_two_owners_who_demote_each_other_at_once_one_succeeds()
    {
        for (var round = 0; round < 10; round++)
        {
            var (tenant, other) = await fixture.SignUpTenantWithAsync("owner");
            await fixture.SignUpMemberAsync(tenant, "owner");

            var answers = await Task.WhenAll(
                tenant.User.PutAsync(tenant.Member(other), MemberChange.To("admin")), other.PutAsync(tenant.Member(tenant.User), MemberChange.To("admin")));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Nobody_suspends_themselves()
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");

        (await admin.PutAsync(tenant.Member(admin), MemberChange.Suspended("admin"))).RequireProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private Task<int> AddRoleAsync(TenantCaller tenant, string name, string permission) => fixture.AsAdminAsync(
        $"insert into platform.roles (id, tenant_id, name, permissions) values (gen_random_uuid(), $1, '{name}', '[\"{permission}\"]')", tenant.TenantId);
}
