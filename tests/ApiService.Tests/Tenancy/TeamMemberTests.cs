namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class TeamMemberTests(ApiFixture fixture)
{
    [Fact]
    public async Task Members_come_into_a_team_lead_it_and_go()
    {
        var (tenant, member, team) = await TeamAsync();

        (await AddAsync(tenant, team, member)).Require(HttpStatusCode.Created);
        var changed = await tenant.User.PutAsync($"{team}/{member.UserId}", new { role = "lead" });
        var list = await member.GetAsync(team);

        Assert.Equal("lead", (string?)changed.Require(HttpStatusCode.OK).Body["role"]);
        Assert.Equal(changed.Text, Assert.Single(list.Items)!.ToJsonString());
        Assert.Equal(member.Email, (string?)list.Items[0]!["email"]);
        (await tenant.User.DeleteAsync($"{team}/{member.UserId}")).Require(HttpStatusCode.NoContent);
        Assert.Empty((await member.GetAsync(team)).Items);
    }

    [Fact]
    public async Task Whoever_comes_back_gets_the_old_row()
    {
        var (tenant, member, team) = await TeamAsync();
        var before = await AddAsync(tenant, team, member, "lead");
        await tenant.User.DeleteAsync($"{team}/{member.UserId}");

        var after = await AddAsync(tenant, team, member);

        Assert.Equal((string?)before.Body["created"], (string?)after.Require(HttpStatusCode.Created).Body["created"]);
        Assert.Equal("member", (string?)after.Body["role"]);
    }

    [Fact]
    public async Task Of_many_additions_at_once_one_is_made()
    {
        var (tenant, member, team) = await TeamAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => AddAsync(tenant, team, member)));

        var added = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer != added), answer => answer.RequireInvalid("userId"));
    }

    [Fact]
    public async Task Only_members_of_the_tenant_come_into_its_teams()
    {
        var (tenant, member, team) = await TeamAsync();
        await tenant.User.DeleteAsync(tenant.Member(member));

        (await AddAsync(tenant, team, member)).RequireInvalid("userId");
        (await AddAsync(tenant, team, await fixture.Api.SignUpAsync())).RequireInvalid("userId");
    }

    [Fact]
    public async Task A_removal_and_an_addition_at_once_leave_no_stranger_in_the_team()
    {
        for (var round = 0; round < 10; round++)
        {
            var (tenant, member, team) = await TeamAsync();

            var addition = AddAsync(tenant, team, member);
            await Task.WhenAll(addition, member.PostAsync($"{tenant.Path}/leave"));

            Assert.Empty((await tenant.User.GetAsync(team)).Items);
            Assert.True((await addition).Status is HttpStatusCode.Created or HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task A_deleted_team_has_no_members()
    {
        var (tenant, member, team) = await TeamAsync();
        await AddAsync(tenant, team, member);

        (await tenant.User.DeleteAsync(team[..^"/members".Length])).Require(HttpStatusCode.NoContent);

        (await tenant.User.GetAsync(team)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await AddAsync(tenant, team, tenant.User)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(0, await fixture.ReadAsAdminAsync<long>(
            "select count(*) from platform.team_members where tenant_id = $1 and deleted is null", tenant.TenantId));
    }

    [Fact]
    public async Task Whoever_is_not_in_the_team_is_not_found()
    {
        var (tenant, member, team) = await TeamAsync();

        (await tenant.User.PutAsync($"{team}/{member.UserId}", new { role = "lead" })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.DeleteAsync($"{team}/{member.UserId}")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Members_of_a_team_are_listed_in_pages()
    {
        var (tenant, member, team) = await TeamAsync();
        await AddAsync(tenant, team, member);
        await AddAsync(tenant, team, tenant.User);

        var page = await tenant.User.GetAsync($"{team}?limit=1");
        var next = await tenant.User.GetAsync($"{team}?limit=1&cursor={page.NextCursor}");

        Assert.Equal([tenant.User.UserId, member.UserId], page.Items.Concat(next.Items).Select(row => (Guid)row!["userId"]!));
        (await tenant.User.GetAsync($"{tenant.Teams}?cursor={page.NextCursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    [Fact]
    public async Task Invalid_team_members_name_the_field()
    {
        var (tenant, member, team) = await TeamAsync();
        await AddAsync(tenant, team, member);

        (await tenant.User.PostAsync(team, new { role = "member" })).RequireInvalid("userId");
        (await AddAsync(tenant, team, tenant.User, "boss")).RequireInvalid("role");
        (await tenant.User.PutAsync($"{team}/{member.UserId}", new { role = "boss" })).RequireInvalid("role");
        (await tenant.User.PutAsync($"{team}/{member.UserId}", new { })).RequireInvalid("role");
    }

    // Leading a team gives no permission: that is what roles in the tenant are for.
    [Fact]
    public async Task A_lead_without_the_permission_changes_nothing()
    {
        var (tenant, member, team) = await TeamAsync();
        await AddAsync(tenant, team, member, "lead");

        (await member.PostAsync(team, new { userId = tenant.User.UserId })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await member.PutAsync($"{team}/{member.UserId}", new { role = "member" })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await member.DeleteAsync($"{team}/{member.UserId}")).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task Another_tenants_team_is_not_found()
    {
        var (tenant, member, team) = await TeamAsync();
        var other = await fixture.Api.SignUpWithTenantAsync();
        var foreign = team.Replace(tenant.Path, other.Path, StringComparison.Ordinal);

        (await other.User.GetAsync(foreign)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await AddAsync(other, foreign, other.User)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await AddAsync(other, foreign, member)).RequireInvalid("userId");
        (await other.User.DeleteAsync($"{foreign}/{member.UserId}")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.GetAsync(team)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static Task<Answer> AddAsync(TenantCaller tenant, string team, Caller member, string role = "member") =>
        tenant.User.PostAsync(team, new { userId = member.UserId, role });

    /// <summary>The address of the members of a new team, and somebody who could become one.</summary>
    private async Task<(TenantCaller Tenant, Caller Member, string Team)> TeamAsync()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        var team = await tenant.User.PostAsync(tenant.Teams, new { name = "Builders" });
        return (tenant, member, $"{tenant.Teams}/{team.Id}/members");
    }
}
