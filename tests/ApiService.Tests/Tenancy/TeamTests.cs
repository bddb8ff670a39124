namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class TeamTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_team_is_made_read_changed_and_deleted()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var made = await CreateAsync(tenant, "Builders");
        var changed = await tenant.User.PutAsync(Team(tenant, made.Id), new { name = "Makers", description = "They make" }, made.ETag);

        Assert.Equal(("Makers", "They make"), ((string?)changed.Require(HttpStatusCode.OK).Body["name"], (string?)changed.Body["description"]));
        Assert.Equal(changed.Text, (await tenant.User.GetAsync(Team(tenant, made.Id))).Text);
        (await tenant.User.DeleteAsync(Team(tenant, made.Id))).Require(HttpStatusCode.NoContent);
        (await tenant.User.GetAsync(Team(tenant, made.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.DeleteAsync(Team(tenant, made.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_location_of_a_new_team_is_where_it_is()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var made = await CreateAsync(tenant, "Builders");

        var read = await tenant.User.GetAsync(made.Headers.Location!.ToString());

        Assert.Equal((made.Text, made.ETag), (read.Text, read.ETag));
    }

    [Fact]
    public async Task Teams_are_listed_newest_first_in_pages()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var (first, second) = (await CreateAsync(tenant, "First"), await CreateAsync(tenant, "Second"));

        var page = await tenant.User.GetAsync($"{tenant.Teams}?limit=1");
        var next = await tenant.User.GetAsync($"{tenant.Teams}?limit=1&cursor={page.NextCursor}");

        Assert.Equal([second.Id, first.Id], page.Items.Concat(next.Items).Select(team => (string)team!["id"]!));
        Assert.Null(next.NextCursor);
    }

    [Fact]
    public async Task A_name_is_taken_until_its_team_is_deleted()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var (made, other) = (await CreateAsync(tenant, "Builders"), await CreateAsync(tenant, "Others"));

        (await tenant.User.PostAsync(tenant.Teams, new { name = "Builders" })).RequireInvalid("name");
        (await tenant.User.PutAsync(Team(tenant, other.Id), new { name = "Builders" })).RequireInvalid("name");
        await tenant.User.DeleteAsync(Team(tenant, made.Id));
        (await tenant.User.PostAsync(tenant.Teams, new { name = "Builders" })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Of_many_teams_of_one_name_at_once_one_is_made()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => tenant.User.PostAsync(tenant.Teams, new { name = "Builders" })));

        var made = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer != made), answer => answer.RequireInvalid("name"));
    }

    [Fact]
    public async Task Of_many_changes_of_one_reading_exactly_one_wins()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var made = await CreateAsync(tenant, "Builders");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number =>
            tenant.User.PutAsync(Team(tenant, made.Id), new { name = $"Writer {number}" }, made.ETag)));

        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer != winner), loser => loser.RequireProblem(HttpStatusCode.PreconditionFailed, "stale-version"));
    }

    [Theory]
    [InlineData("", null, "name")]
    [InlineData(null, null, "name")]
    [InlineData("{long}", null, "name")]
    [InlineData("Fine", "{long}", "description")]
    public async Task Invalid_teams_name_the_field(string? name, string? description, string field)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var tooLong = new string('x', 2001);
        var team = new { name = name == "{long}" ? tooLong : name, description = description is null ? null : tooLong };

        (await tenant.User.PostAsync(tenant.Teams, team)).RequireInvalid(field);
        (await tenant.User.PutAsync(Team(tenant, (await CreateAsync(tenant, "Builders")).Id), team)).RequireInvalid(field);
    }

    [Fact]
    public async Task A_viewer_sees_teams_and_changes_none()
    {
        var (tenant, viewer) = await fixture.SignUpTenantWithAsync("viewer");
        var made = await CreateAsync(tenant, "Builders");

        (await viewer.GetAsync(tenant.Teams)).Require(HttpStatusCode.OK);
        (await viewer.GetAsync(Team(tenant, made.Id))).Require(HttpStatusCode.OK);
        (await viewer.PostAsync(tenant.Teams, new { name = "Mine" })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await viewer.PutAsync(Team(tenant, made.Id), new { name = "Mine" })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await viewer.DeleteAsync(Team(tenant, made.Id))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task Without_the_permission_nobody_sees_teams()
    {
        var (tenant, ghost) = await fixture.SignUpTenantWithAsync("ghost");
        var made = await CreateAsync(tenant, "Builders");

        (await ghost.GetAsync(tenant.Teams)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await ghost.GetAsync(Team(tenant, made.Id))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task Another_tenants_team_is_not_found()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var made = await CreateAsync(tenant, "Builders");

        (await other.User.GetAsync(Team(tenant, made.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.GetAsync(Team(other, made.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.PutAsync(Team(other, made.Id), new { name = "Mine" })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.DeleteAsync(Team(other, made.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Empty((await other.User.GetAsync(other.Teams)).Items);
    }

    private static string Team(TenantCaller tenant, string id) => $"{tenant.Teams}/{id}";

    private static async Task<Answer> CreateAsync(TenantCaller tenant, string name) =>
        (await tenant.User.PostAsync(tenant.Teams, new { name })).Require(HttpStatusCode.Created);
}
