using System.Text.Json.Nodes;

namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class MemberTests(ApiFixture fixture)
{
    [Fact]
    public async Task Members_see_each_others_names_and_roles()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("viewer");

        var list = await member.GetAsync(tenant.Members);
        var one = await member.GetAsync(tenant.Member(tenant.User));

        Assert.Equal([member.Email, tenant.User.Email], list.Require(HttpStatusCode.OK).Items.Select(row => (string)row!["email"]!));
        Assert.Equal(list.Items[1]!.ToJsonString(), one.Require(HttpStatusCode.OK).Text);
        Assert.Equal("owner", (string?)one.Body["roles"]!.AsArray().Single());
    }

    [Fact]
    public async Task Whoever_never_was_or_no_longer_is_a_member_is_not_found()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        await tenant.User.DeleteAsync(tenant.Member(member));

        foreach (var user in new[] { member, await fixture.Api.SignUpAsync() })
        {
            (await tenant.User.GetAsync(tenant.Member(user))).RequireProblem(HttpStatusCode.NotFound, "not-found");
            (await tenant.User.PutAsync(tenant.Member(user), MemberChange.To("member"))).RequireProblem(HttpStatusCode.NotFound, "not-found");
            (await tenant.User.DeleteAsync(tenant.Member(user))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        }

        Assert.Single((await tenant.User.GetAsync(tenant.Members)).Items);
    }

    [Theory]
    [InlineData("q={0}", true)]
    [InlineData("q=EXAMPLE.ORG&role=member", true)]
    [InlineData("role=member&status=active", true)]
    [InlineData("role=admin", false)]
    [InlineData("status=suspended", false)]
    [InlineData("q=%25", false)]
    [InlineData("q=_", false)]
    public async Task Lists_are_searched_and_filtered(string query, bool found)
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");

        var list = await tenant.User.GetAsync($"{tenant.Members}?{query.Replace("{0}", member.Email[..20].ToUpperInvariant(), StringComparison.Ordinal)}");

        Assert.Equal(found ? [member.UserId] : [], list.Require(HttpStatusCode.OK).Items.Select(row => (Guid)row!["userId"]!));
    }

    [Fact]
    public async Task A_list_is_paged_and_its_cursor_good_for_it_alone()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");

        var first = await tenant.User.GetAsync($"{tenant.Members}?limit=1");
        var next = await tenant.User.GetAsync($"{tenant.Members}?limit=1&cursor={first.NextCursor}");

        Assert.Equal([member.UserId, tenant.User.UserId], first.Items.Concat(next.Items).Select(row => (Guid)row!["userId"]!));
        Assert.Null(next.NextCursor);
        (await tenant.User.GetAsync($"{tenant.Members}?role=member&cursor={first.NextCursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    [Fact]
    public async Task New_roles_count_from_the_next_request_on()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("viewer");
        (await member.PostAsync(tenant.Todos, new { title = "No" })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");

        var changed = await tenant.User.PutAsync(tenant.Member(member), MemberChange.To("member", "viewer"));

        Assert.Equal(["member", "viewer"], changed.Require(HttpStatusCode.OK).Body["roles"]!.AsArray().Select(role => (string)role!));
        Assert.Equal(changed.Text, (await tenant.User.GetAsync(tenant.Member(member))).Text);
        (await member.PostAsync(tenant.Todos, new { title = "Yes" })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_suspended_member_is_out_until_the_suspension_ends()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");

        (await tenant.User.PutAsync(tenant.Member(member), MemberChange.Suspended("member"))).Require(HttpStatusCode.OK);
        (await member.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");

        (await tenant.User.PutAsync(tenant.Member(member), MemberChange.To("member"))).Require(HttpStatusCode.OK);
        (await member.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_on_an_old_reading_is_refused_and_one_on_the_newest_passes()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        var read = await tenant.User.GetAsync(tenant.Member(member));
        var changed = await tenant.User.PutAsync(tenant.Member(member), MemberChange.To("viewer"), read.ETag);

        (await tenant.User.PutAsync(tenant.Member(member), MemberChange.To("admin"), read.ETag)).RequireProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await tenant.User.PutAsync(tenant.Member(member), MemberChange.To("admin"), changed.ETag)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_many_changes_of_one_reading_exactly_one_wins()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        var read = await tenant.User.GetAsync(tenant.Member(member));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number =>
            tenant.User.PutAsync(tenant.Member(member), MemberChange.To(number % 2 == 0 ? "viewer" : "admin"), read.ETag)));

        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer != winner), loser => loser.RequireProblem(HttpStatusCode.PreconditionFailed, "stale-version"));
        Assert.Equal(winner.Text, (await tenant.User.GetAsync(tenant.Member(member))).Text);
    }

    [Theory]
    [InlineData("""{"roles": [], "status": "active"}""", "roles")]
    [InlineData("""{"roles": [null], "status": "active"}""", "roles")]
    [InlineData("""{"roles": ["viewer", "viewer"], "status": "active"}""", "roles")]
    [InlineData("""{"roles": ["ghost"], "status": "active"}""", "roles")]
    [InlineData("""{"roles": ["viewer"], "status": "deleted"}""", "status")]
    [InlineData("""{"roles": ["viewer"]}""", "status")]
    public async Task Invalid_changes_name_the_field(string body, string field)
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");

        (await tenant.User.PutAsync(tenant.Member(member), JsonNode.Parse(body)!)).RequireInvalid(field);
    }
}
