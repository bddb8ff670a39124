namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class TenantPathTests(ApiFixture fixture)
{
    [Fact]
    public async Task Id_key_and_slug_name_the_same_tenant()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync();

        foreach (var name in new[] { tenant.TenantId.ToString(), tenant.Key, tenant.Slug })
        {
            Assert.Equal(tenant.Key, (string?)(await tenant.User.GetAsync($"/tenants/{name}")).Body["key"]);
            Assert.Equal(todo.Id, (await tenant.User.GetAsync($"/tenants/{name}/todos/{todo.Id}")).Id);
        }
    }

    [Fact]
    public async Task A_key_wins_over_the_slug_of_another_tenant()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        (await tenant.User.PostAsync("/tenants", new { name = "Impostor", slug = tenant.Key })).Require(HttpStatusCode.Created);

        var answer = await tenant.User.GetAsync(tenant.Path);

        Assert.Equal(tenant.TenantId.ToString(), answer.Id);
    }

    [Fact]
    public async Task A_slug_that_looks_like_an_id_still_names_its_tenant()
    {
        var (user, slug) = (await fixture.Api.SignUpAsync(), Guid.NewGuid().ToString());
        await user.PostAsync("/tenants", new { name = "Numbers", slug });

        Assert.Equal(slug, (string?)(await user.GetAsync($"/tenants/{slug}")).Body["slug"]);
    }

    [Fact]
    public async Task Another_users_tenant_is_not_found_whatever_its_name()
    {
        var other = await fixture.Api.SignUpWithTenantAsync();
        var user = await fixture.Api.SignUpAsync();

        foreach (var name in new[] { other.TenantId.ToString(), other.Key, other.Slug })
        {
            (await user.GetAsync($"/tenants/{name}")).RequireProblem(HttpStatusCode.NotFound, "not-found");
            (await user.GetAsync($"/tenants/{name}/todos")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task Another_users_tenant_and_no_tenant_get_the_same_answer()
    {
        var other = await fixture.Api.SignUpWithTenantAsync();
        var user = await fixture.Api.SignUpAsync();

        var foreign = await user.PostAsync(other.Todos, new { title = "" });
        var missing = await user.PostAsync("/tenants/abcdefghijklmno/todos", new { title = "" });

        foreign.RequireProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(Without(missing, "traceId"), Without(foreign, "traceId"));
    }

    [Theory]
    [InlineData("%C3%A4")]
    [InlineData("a'%20or%20true--")]
    [InlineData("{00000000-0000-0000-0000-000000000000}")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task Nonsense_is_not_found(string name)
    {
        var user = await fixture.Api.SignUpAsync();

        (await user.GetAsync($"/tenants/{name}/todos")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_former_member_finds_nothing()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var member = await fixture.Api.SignUpAsync();
        await fixture.AddMemberAsync(tenant, member);
        (await member.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);

        await fixture.AsAdminAsync("update platform.tenant_users set deleted = now() where user_id = $1", member.UserId);

        (await member.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await member.GetAsync(tenant.Path)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_deleted_tenant_is_not_found()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync("update platform.tenants set deleted = now() where id = $1", tenant.TenantId);

        (await tenant.ListAsync()).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_suspended_tenant_can_be_seen_but_not_used()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync("update platform.tenants set status = 'suspended' where id = $1", tenant.TenantId);

        Assert.Equal("suspended", (string?)(await tenant.User.GetAsync(tenant.Path)).Body["status"]);
        (await tenant.ListAsync()).RequireProblem(HttpStatusCode.Forbidden, "tenant-suspended");
        (await tenant.User.PostAsync(tenant.Todos, new { title = "x" })).RequireProblem(HttpStatusCode.Forbidden, "tenant-suspended");
    }

    [Fact]
    public async Task A_suspended_member_is_a_stranger_to_the_tenant()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync("update platform.tenant_users set status = 'suspended' where tenant_id = $1", tenant.TenantId);

        (await tenant.User.GetAsync(tenant.Path)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.ListAsync()).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static string Without(Answer answer, string property)
    {
        var body = answer.Body.AsObject();
        body.Remove(property);
        return body.ToJsonString();
    }
}
