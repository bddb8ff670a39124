namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>Members who are asked to join a team.</summary>
public sealed class TeamInvitationTests(ApiFixture fixture)
{
    private const string Kind = "team-invitation";

    [Fact]
    public async Task A_member_who_accepts_is_in_the_team_with_the_role()
    {
        var (tenant, member, team) = await TeamAsync();
        var invitation = await InviteAsync(tenant, team, member, "lead");
        var link = await LinkAsync(tenant, member);

        var accepted = await member.AcceptAsync(link);

        Assert.Equal(team.Id, (string?)accepted.Require(HttpStatusCode.OK).Body["teamId"]);
        Assert.Equal(accepted.Text, (await member.AcceptAsync(link)).Require(HttpStatusCode.OK).Text);
        Assert.Equal("lead", (string?)Assert.Single((await tenant.User.GetAsync($"{tenant.Teams}/{team.Id}/members")).Items)!["role"]);
        var listed = Assert.Single((await member.GetAsync(Address(tenant, team))).Require(HttpStatusCode.OK).Items)!;
        Assert.Equal((invitation.Id, "accepted"), ((string?)listed["id"], (string?)listed["status"]));
    }

    [Fact]
    public async Task Whoever_was_put_into_the_team_meanwhile_keeps_their_role()
    {
        var (tenant, member, team) = await TeamAsync();
        await InviteAsync(tenant, team, member);
        await tenant.User.PostAsync($"{tenant.Teams}/{team.Id}/members", new { userId = member.UserId, role = "lead" });

        (await member.AcceptAsync(await LinkAsync(tenant, member))).Require(HttpStatusCode.OK);

        Assert.Equal("lead", (string?)Assert.Single((await tenant.User.GetAsync($"{tenant.Teams}/{team.Id}/members")).Items)!["role"]);
    }

    [Fact]
    public async Task A_declined_or_canceled_invitation_leads_into_no_team()
    {
        var (tenant, member, team) = await TeamAsync();
        var canceled = await InviteAsync(tenant, team, member);
        (await tenant.User.DeleteAsync($"{Address(tenant, team)}/{canceled.Id}")).Require(HttpStatusCode.NoContent);
        (await member.AcceptAsync(await LinkAsync(tenant, member))).RequireProblem(HttpStatusCode.Conflict, "invitation-gone");
        var declined = await InviteAsync(tenant, team, member);
        (await member.RejectAsync(await LinkAsync(tenant, member, 2))).Require(HttpStatusCode.NoContent);

        (await tenant.User.DeleteAsync($"{Address(tenant, team)}/{declined.Id}")).RequireProblem(HttpStatusCode.Conflict, "invitation-gone");
        Assert.Empty((await tenant.User.GetAsync($"{tenant.Teams}/{team.Id}/members")).Items);
    }

    [Fact]
    public async Task Who_has_left_the_tenant_does_not_come_back_by_a_team()
    {
        var (tenant, member, team) = await TeamAsync();
        await InviteAsync(tenant, team, member);
        await member.PostAsync($"{tenant.Path}/leave");

        (await member.AcceptAsync(await LinkAsync(tenant, member))).RequireProblem(HttpStatusCode.Conflict, "invitation-gone");

        Assert.Equal(0, await fixture.MembershipsAsync(member));
        Assert.Empty((await tenant.User.GetAsync($"{tenant.Teams}/{team.Id}/members")).Items);
    }

    [Fact]
    public async Task Only_active_members_outside_the_team_are_asked_and_once()
    {
        var (tenant, member, team) = await TeamAsync();
        var stranger = await fixture.Api.SignUpAsync();

        (await tenant.User.PostAsync(Address(tenant, team), new { email = stranger.Email })).RequireInvalid("email");
        await InviteAsync(tenant, team, member);
        await LinkAsync(tenant, member);
        (await tenant.User.PostAsync(Address(tenant, team), new { email = member.Email })).RequireInvalid("email");
        await fixture.AsAdminAsync(
            "update platform.team_invitations set created = now() - interval '9 days', expires = now() - interval '1 minute' where tenant_id = $1", tenant.TenantId);
        await InviteAsync(tenant, team, member);
        (await member.AcceptAsync(await LinkAsync(tenant, member, 2))).Require(HttpStatusCode.OK);
        (await tenant.User.PostAsync(Address(tenant, team), new { email = member.Email })).RequireInvalid("email");
    }

    [Fact]
    public async Task Invalid_team_invitations_name_the_field()
    {
        var (tenant, member, team) = await TeamAsync();

        (await tenant.User.PostAsync(Address(tenant, team), new { })).RequireInvalid("email");
        (await tenant.User.PostAsync(Address(tenant, team), new { email = member.Email, role = "boss" })).RequireInvalid("role");
        (await tenant.User.PostAsync(Address(tenant, team), new { email = member.Email, onboardingPathId = Guid.NewGuid() })).RequireInvalid("onboardingPathId");
    }

    [Fact]
    public async Task Members_without_the_permission_ask_nobody()
    {
        var (tenant, member, team) = await TeamAsync();
        var invitation = await InviteAsync(tenant, team, member);

        (await member.PostAsync(Address(tenant, team), new { email = tenant.User.Email })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await member.DeleteAsync($"{Address(tenant, team)}/{invitation.Id}")).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task Another_tenants_or_teams_invitation_is_not_found()
    {
        var (tenant, member, team) = await TeamAsync();
        var invitation = await InviteAsync(tenant, team, member);
        var (other, _, otherTeam) = await TeamAsync();
        var sibling = await tenant.User.PostAsync(tenant.Teams, new { name = "Others" });

        (await other.User.GetAsync(Address(other, team))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.PostAsync(Address(other, team), new { email = other.User.Email })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.DeleteAsync($"{Address(other, otherTeam)}/{invitation.Id}")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.DeleteAsync($"{Address(tenant, sibling)}/{invitation.Id}")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.GetAsync(Address(tenant, team))).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Team_invitations_are_listed_in_pages()
    {
        var (tenant, member, team) = await TeamAsync();
        var second = await fixture.SignUpMemberAsync(tenant);
        var (older, newer) = (await InviteAsync(tenant, team, member), await InviteAsync(tenant, team, second));

        var page = await tenant.User.GetAsync($"{Address(tenant, team)}?limit=1");
        var next = await tenant.User.GetAsync($"{Address(tenant, team)}?limit=1&cursor={page.NextCursor}");

        Assert.Equal([newer.Text, older.Text], page.Items.Concat(next.Items).Select(item => item!.ToJsonString()));
        (await tenant.User.GetAsync($"{tenant.Invitations}?cursor={page.NextCursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    private static string Address(TenantCaller tenant, Answer team) => $"{tenant.Teams}/{team.Id}/invitations";

    private static async Task<Answer> InviteAsync(TenantCaller tenant, Answer team, Caller member, string role = "member") =>
        (await tenant.User.PostAsync(Address(tenant, team), new { email = member.Email, role })).Require(HttpStatusCode.Created);

    private async Task<object> LinkAsync(TenantCaller tenant, Caller member, int count = 1) =>
        new { tenant.TenantId, token = await fixture.TokenAsync(member.Email, count, Kind) };

    private async Task<(TenantCaller Tenant, Caller Member, Answer Team)> TeamAsync()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        return (tenant, member, await tenant.User.PostAsync(tenant.Teams, new { name = "Builders" }));
    }
}
