namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>What becomes of an invitation when the tenant is no longer as it was when it was sent.</summary>
public sealed class InvitationMembershipTests(ApiFixture fixture)
{
    [Fact]
    public async Task Who_has_become_a_member_meanwhile_keeps_their_roles()
    {
        var (tenant, invited, invitation, link) = await fixture.SignUpInvitedAsync("viewer");
        await fixture.AddMemberAsync(tenant, invited, "admin");

        var accepted = await invited.AcceptAsync(link);

        Assert.Equal("admin", (string?)Assert.Single(accepted.Require(HttpStatusCode.OK).Body["tenant"]!["roles"]!.AsArray()));
        Assert.Equal("accepted", (string?)(await tenant.User.GetAsync(tenant.Invitation(invitation))).Body["status"]);
    }

    [Fact]
    public async Task A_former_member_comes_back_with_the_role_of_the_invitation()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("admin");
        await tenant.User.DeleteAsync(tenant.Member(member));
        await tenant.InviteAsync(new { email = member.Email, role = "viewer" });

        var accepted = await member.AcceptAsync(new { tenant.TenantId, token = await fixture.TokenAsync(member.Email) });

        Assert.Equal("viewer", (string?)Assert.Single(accepted.Require(HttpStatusCode.OK).Body["tenant"]!["roles"]!.AsArray()));
    }

    [Fact]
    public async Task An_accepted_invitation_does_not_bring_back_who_has_left()
    {
        var (tenant, invited, _, link) = await fixture.SignUpInvitedAsync();
        await invited.AcceptAsync(link);
        (await invited.PostAsync($"{tenant.Path}/leave")).Require(HttpStatusCode.NoContent);

        (await invited.AcceptAsync(link)).RequireProblem(HttpStatusCode.Conflict, "invitation-gone");

        Assert.Equal(0, await fixture.MembershipsAsync(invited));
    }

    [Fact]
    public async Task A_suspended_member_is_not_let_in_by_an_invitation()
    {
        var (tenant, invited, invitation, link) = await fixture.SignUpInvitedAsync();
        await fixture.AddMemberAsync(tenant, invited);
        await fixture.AsAdminAsync("update platform.tenant_users set status = 'suspended' where user_id = $1", invited.UserId);

        (await invited.AcceptAsync(link)).RequireProblem(HttpStatusCode.Forbidden, "forbidden");

        Assert.Equal("pending", (string?)(await tenant.User.GetAsync(tenant.Invitation(invitation))).Body["status"]);
    }

    [Fact]
    public async Task The_invited_person_also_joins_the_team_and_learns_where_to_begin()
    {
        var (tenant, invited) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpAsync());
        var team = await tenant.User.PostAsync(tenant.Teams, new { name = "Builders" });
        var path = Guid.CreateVersion7();
        await fixture.AsAdminAsync("insert into pooled.onboarding_paths (tenant_id, id, name) values ($1, $2, 'Welcome')", tenant.TenantId, path);
        await tenant.InviteAsync(new { email = invited.Email, teamId = team.Id, onboardingPathId = path });

        var accepted = await invited.AcceptAsync(new { tenant.TenantId, token = await fixture.TokenAsync(invited.Email) });

        Assert.Equal((team.Id, path), ((string?)accepted.Require(HttpStatusCode.OK).Body["teamId"], (Guid)accepted.Body["onboardingPathId"]!));
        Assert.Equal(invited.UserId, (Guid)Assert.Single((await tenant.User.GetAsync($"{tenant.Teams}/{team.Id}/members")).Items)!["userId"]!);
    }

    [Fact]
    public async Task A_team_that_is_gone_keeps_nobody_out_of_the_tenant()
    {
        var (tenant, invited) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpAsync());
        var team = await tenant.User.PostAsync(tenant.Teams, new { name = "Builders" });
        await tenant.InviteAsync(new { email = invited.Email, teamId = team.Id });
        await tenant.User.DeleteAsync($"{tenant.Teams}/{team.Id}");

        var accepted = await invited.AcceptAsync(new { tenant.TenantId, token = await fixture.TokenAsync(invited.Email) });

        Assert.Null(accepted.Require(HttpStatusCode.OK).Body["teamId"]);
        Assert.Equal(1, await fixture.MembershipsAsync(invited));
    }

    [Fact]
    public async Task The_plan_has_the_last_word_when_somebody_accepts()
    {
        var (tenant, invited, _, link) = await fixture.SignUpInvitedAsync();
        await fixture.AsAdminAsync("update platform.tenants set plan_limits = '{\"members\": 1}' where id = $1", tenant.TenantId);

        (await invited.AcceptAsync(link)).RequireProblem(HttpStatusCode.Conflict, "plan-limit");
        await fixture.AsAdminAsync("update platform.tenants set plan_limits = null where id = $1", tenant.TenantId);

        (await invited.AcceptAsync(link)).Require(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("update platform.tenant_users set status = 'suspended' where user_id = $1")]
    [InlineData("update platform.tenant_users set roles = '{member}' where user_id = $1")]
    public async Task Nobody_comes_in_on_the_word_of_somebody_who_may_not_invite_them_any_more(string change)
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");
        var invited = await fixture.Api.SignUpAsync();
        var invitation = await (tenant with { User = admin }).InviteAsync(new { email = invited.Email, role = "admin" });
        await fixture.AsAdminAsync(change, admin.UserId);

        var accepted = await invited.AcceptAsync(new { tenant.TenantId, token = await fixture.TokenAsync(invited.Email) });

        accepted.RequireProblem(HttpStatusCode.Conflict, "invitation-gone");
        (await tenant.User.PostAsync($"{tenant.Invitation(invitation)}/resend")).RequireProblem(HttpStatusCode.Conflict, "invitation-gone");
        Assert.Equal(0, await fixture.MembershipsAsync(invited));
    }

    [Fact]
    public async Task A_role_that_is_gone_by_now_is_not_given()
    {
        var (tenant, invited) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpAsync());
        await fixture.AsAdminAsync(
            "insert into platform.roles (id, tenant_id, name, permissions) values (gen_random_uuid(), $1, 'scribe', '[\"todos:write\"]')", tenant.TenantId);
        await tenant.InviteAsync(new { email = invited.Email, role = "scribe" });
        await fixture.AsAdminAsync("update platform.roles set deleted = now() where tenant_id = $1", tenant.TenantId);

        (await invited.AcceptAsync(new { tenant.TenantId, token = await fixture.TokenAsync(invited.Email) }))
            .RequireProblem(HttpStatusCode.Conflict, "invitation-gone");
    }

    [Fact]
    public async Task A_suspended_tenants_invitations_are_not_there()
    {
        var (tenant, invited, _, link) = await fixture.SignUpInvitedAsync();
        await fixture.AsAdminAsync("update platform.tenants set status = 'suspended' where id = $1", tenant.TenantId);

        (await invited.AcceptAsync(link)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await fixture.Api.Anonymous.OfferAsync(link)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }
}
