namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class InvitationListTests(ApiFixture fixture)
{
    [Fact]
    public async Task Invitations_are_listed_in_pages_newest_first()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var (first, second) = (await tenant.InviteAsync(new { email = NewEmail() }), await tenant.InviteAsync(new { email = NewEmail() }));

        var page = await tenant.User.GetAsync($"{tenant.Invitations}?limit=1");
        var next = await tenant.User.GetAsync($"{tenant.Invitations}?limit=1&cursor={page.NextCursor}");

        Assert.Equal(second.Text, Assert.Single(page.Require(HttpStatusCode.OK).Items)!.ToJsonString());
        Assert.Equal(first.Text, Assert.Single(next.Items)!.ToJsonString());
        Assert.Null(next.NextCursor);
        (await tenant.User.GetAsync($"{tenant.Invitations}?status=pending&cursor={page.NextCursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    [Fact]
    public async Task Filters_choose_by_status_and_address()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var (open, expired, canceled) = (
            await tenant.InviteAsync(new { email = NewEmail() }), await tenant.InviteAsync(new { email = NewEmail() }), await tenant.InviteAsync(new { email = NewEmail() }));
        await fixture.ExpireAsync(expired);
        await tenant.User.DeleteAsync(tenant.Invitation(canceled));

        foreach (var (query, expected) in new[] { ("status=pending", open), ("status=expired", expired), ("status=canceled", canceled), ($"email={((string)open.Body["email"]!).ToUpperInvariant()}", open) })
            Assert.Equal(expected.Id, (string?)Assert.Single((await tenant.User.GetAsync($"{tenant.Invitations}?{query}")).Require(HttpStatusCode.OK).Items)!["id"]);

        Assert.Empty((await tenant.User.GetAsync($"{tenant.Invitations}?status=accepted")).Items);
        (await tenant.User.GetAsync($"{tenant.Invitations}?status=open")).RequireInvalid("status");
    }

    [Fact]
    public async Task Members_without_the_permissions_neither_see_nor_send_invitations()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        var invitation = tenant.Invitation(await tenant.InviteAsync(new { email = NewEmail() }));

        (await member.GetAsync(tenant.Invitations)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await member.GetAsync(invitation)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        await RequireNoWritesAsync(tenant, member, invitation);
    }

    [Fact]
    public async Task Who_may_only_see_invitations_sends_none()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await AddRoleAsync(tenant, "watcher", "invitations:read");
        var watcher = await fixture.SignUpMemberAsync(tenant, "watcher");
        var invitation = tenant.Invitation(await tenant.InviteAsync(new { email = NewEmail() }));

        (await watcher.GetAsync(invitation)).Require(HttpStatusCode.OK);
        await RequireNoWritesAsync(tenant, watcher, invitation);
    }

    [Fact]
    public async Task Nobody_invites_with_a_role_beyond_their_own()
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");
        await fixture.AsAdminAsync("update platform.tenants set settings = '{\"defaultRole\": \"owner\"}' where id = $1", tenant.TenantId);
        var owners = await tenant.InviteAsync(new { email = NewEmail() });

        (await admin.PostAsync(tenant.Invitations, new { email = NewEmail(), role = "owner" })).RequireProblem(HttpStatusCode.Forbidden, "role-beyond-yours");
        (await admin.PostAsync(tenant.Invitations, new { email = NewEmail() })).RequireProblem(HttpStatusCode.Forbidden, "role-beyond-yours");
        (await admin.PostAsync($"{tenant.Invitation(owners)}/resend")).RequireProblem(HttpStatusCode.Forbidden, "role-beyond-yours");
        (await admin.PostAsync(tenant.Invitations, new { email = NewEmail(), role = "admin" })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Inviting_into_a_team_is_no_way_around_the_permission_to_add_to_it()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await AddRoleAsync(tenant, "greeter", "invitations:write");
        await AddRoleAsync(tenant, "nobody", "invitations:read");
        var greeter = await fixture.SignUpMemberAsync(tenant, "greeter");
        var team = await tenant.User.PostAsync(tenant.Teams, new { name = "Builders" });

        (await greeter.PostAsync(tenant.Invitations, new { email = NewEmail(), role = "nobody", teamId = team.Id })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await greeter.PostAsync(tenant.Invitations, new { email = NewEmail(), role = "nobody" })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Another_tenants_invitations_are_not_found()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var invitation = await tenant.InviteAsync(new { email = NewEmail() });

        foreach (var address in new[] { tenant.Invitation(invitation), other.Invitation(invitation) })
        {
            (await other.User.GetAsync(address)).RequireProblem(HttpStatusCode.NotFound, "not-found");
            (await other.User.PostAsync($"{address}/resend")).RequireProblem(HttpStatusCode.NotFound, "not-found");
            (await other.User.DeleteAsync(address)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        }

        (await other.User.GetAsync(tenant.Invitations)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.PostAsync(tenant.Invitations, new { email = NewEmail() })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Empty((await other.User.GetAsync(other.Invitations)).Items);
    }

    private static async Task RequireNoWritesAsync(TenantCaller tenant, Caller caller, string invitation)
    {
        (await caller.PostAsync(tenant.Invitations, new { email = NewEmail() })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.PostAsync($"{tenant.Invitations}/bulk", new { invitations = new[] { new { email = NewEmail() } } })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.PostAsync($"{invitation}/resend")).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await caller.DeleteAsync(invitation)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    private Task<int> AddRoleAsync(TenantCaller tenant, string name, string permission) => fixture.AsAdminAsync(
        $"insert into platform.roles (id, tenant_id, name, permissions) values (gen_random_uuid(), $1, '{name}', '[\"{permission}\"]')", tenant.TenantId);
}
