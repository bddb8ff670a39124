namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class TenantDeletionTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_deleted_tenant_is_there_for_nobody_and_back_when_restored()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        await tenant.AddTodoAsync();

        (await tenant.User.DeleteAsync(tenant.Path)).Require(HttpStatusCode.NoContent);

        (await tenant.User.GetAsync(tenant.Path)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await member.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        var restored = await tenant.User.PostAsync($"{tenant.Path}/restore", new { });
        Assert.Equal(tenant.Slug, (string?)restored.Require(HttpStatusCode.OK).Body["slug"]);
        Assert.Single((await member.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK).Items);
    }

    [Fact]
    public async Task Deleted_tenants_are_listed_for_those_who_were_in_them()
    {
        var (tenant, stranger) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        await tenant.User.DeleteAsync(tenant.Path);

        var listed = Assert.Single((await tenant.User.GetAsync("/tenants?deleted=true")).Items);

        Assert.Equal(tenant.Key, (string?)listed!["key"]);
        Assert.NotNull((string?)listed["deleted"]);
        Assert.Empty((await tenant.User.GetAsync("/tenants")).Items);
        Assert.Empty((await stranger.User.GetAsync("/tenants?deleted=true")).Items);
    }

    [Fact]
    public async Task Only_who_may_delete_restores()
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");
        var stranger = await fixture.Api.SignUpAsync();
        (await admin.DeleteAsync(tenant.Path)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await stranger.DeleteAsync(tenant.Path)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        await tenant.User.DeleteAsync(tenant.Path);

        (await admin.PostAsync($"{tenant.Path}/restore", new { })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await stranger.PostAsync($"{tenant.Path}/restore", new { })).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_tenant_that_was_not_deleted_is_not_restored()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.PostAsync($"{tenant.Path}/restore", new { })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.PostAsync($"{tenant.Path}/restore", new { slug = "-no-" })).RequireInvalid("slug");
    }

    [Fact]
    public async Task A_slug_that_was_taken_meanwhile_needs_another()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpAsync());
        await tenant.User.DeleteAsync(tenant.Path);
        (await other.PostAsync("/tenants", new { name = "Taken", slug = tenant.Slug })).Require(HttpStatusCode.Created);

        (await tenant.User.PostAsync($"{tenant.Path}/restore", new { })).RequireProblem(HttpStatusCode.Conflict, "slug-taken");
        var restored = await tenant.User.PostAsync($"{tenant.Path}/restore", new { slug = $"{tenant.Slug}-2" });

        Assert.Equal($"{tenant.Slug}-2", (string?)restored.Require(HttpStatusCode.OK).Body["slug"]);
    }

    [Fact]
    public async Task After_the_grace_period_it_is_too_late()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync("update platform.tenants set deleted = now() - interval '31 days' where id = $1", tenant.TenantId);

        (await tenant.User.PostAsync($"{tenant.Path}/restore", new { })).RequireProblem(HttpStatusCode.Conflict, "restore-too-late");
    }
}
