namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class TenantChangeTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_tenant_is_renamed_and_found_by_its_new_slug()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var read = await tenant.User.GetAsync(tenant.Path);
        var slug = NewSlug();

        var changed = await tenant.User.PutAsync(tenant.Path, Change(slug), read.ETag);

        Assert.Equal(("Acme", "What we do"), ((string?)changed.Require(HttpStatusCode.OK).Body["name"], (string?)changed.Body["description"]));
        Assert.Equal(changed.Text, (await tenant.User.GetAsync($"/tenants/{slug}")).Text);
        (await tenant.User.GetAsync($"/tenants/{tenant.Slug}")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Of_two_changes_of_one_reading_the_second_is_refused()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var read = await tenant.User.GetAsync(tenant.Path);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.User.PutAsync(tenant.Path, Change(NewSlug()), read.ETag)));

        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer != winner), loser => loser.RequireProblem(HttpStatusCode.PreconditionFailed, "stale-version"));
    }

    [Fact]
    public async Task A_slug_of_another_tenant_is_a_conflict()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());

        (await tenant.User.PutAsync(tenant.Path, Change(other.Slug))).RequireProblem(HttpStatusCode.Conflict, "slug-taken");
    }

    [Fact]
    public async Task Invalid_changes_name_the_field()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.PutAsync(tenant.Path, new { name = "", slug = "-no-", logo = "ftp://example.org" })).RequireInvalid("name", "slug", "logo");
        (await tenant.User.PutAsync($"{tenant.Path}/settings", new { defaultRole = "member", invitationDays = 31 })).RequireInvalid("invitationDays");
        (await tenant.User.PutAsync($"{tenant.Path}/settings", new { defaultRole = "member", invitationDays = 3, emailDomains = Domains("Not A Domain") }))
            .RequireInvalid("emailDomains[0]");
        (await tenant.User.PutAsync($"{tenant.Path}/settings", new { defaultRole = "nobody", invitationDays = 3 })).RequireInvalid("roles");
    }

    [Fact]
    public async Task Settings_are_kept()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var settings = new { defaultRole = "viewer", invitationDays = 3, emailDomains = Domains("example.org") };

        var changed = await tenant.User.PutAsync($"{tenant.Path}/settings", settings);

        var read = await tenant.User.GetAsync($"{tenant.Path}/settings");
        Assert.Equal((changed.Require(HttpStatusCode.OK).Text, changed.ETag), (read.Text, read.ETag));
        Assert.Equal(("viewer", 3), ((string?)read.Body["defaultRole"], (int?)read.Body["invitationDays"]));
    }

    [Fact]
    public async Task Nobody_sets_a_default_role_beyond_their_own()
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");

        var answer = await admin.PutAsync($"{tenant.Path}/settings", new { defaultRole = "owner", invitationDays = 3 });

        answer.RequireProblem(HttpStatusCode.Forbidden, "role-beyond-yours");
    }

    [Fact]
    public async Task Without_the_permission_nobody_changes_the_tenant()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        var ghost = await fixture.SignUpMemberAsync(tenant, "ghost");

        (await member.PutAsync(tenant.Path, Change(NewSlug()))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await member.PutAsync($"{tenant.Path}/settings", new { defaultRole = "member", invitationDays = 3 })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await ghost.GetAsync($"{tenant.Path}/settings")).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task Another_tenant_is_not_found()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());

        (await other.User.PutAsync(tenant.Path, Change(NewSlug()))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.GetAsync($"{tenant.Path}/settings")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.PutAsync($"{tenant.Path}/settings", new { defaultRole = "member", invitationDays = 3 })).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static string[] Domains(params string[] domains) => domains;

    private static object Change(string slug) => new { name = "Acme", slug, description = "What we do", logo = "https://example.org/logo.png" };

    private static string NewSlug() => $"acme-{Guid.NewGuid():N}";
}
