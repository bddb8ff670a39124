namespace TenantPlatform.ApiService.Tests.Platform;

public sealed class PlatformTenantTests(ApiFixture fixture)
{
    [Theory]
    [InlineData("GET", "/platform/tenants")]
    [InlineData("POST", "/platform/tenants")]
    [InlineData("GET", "/platform/nothing")]
    [InlineData("POST", "/platform/tenants/9c5bfc7e-0000-7000-8000-000000000000/suspend")]
    [InlineData("GET", "/platform")]
    public async Task To_others_there_is_nothing_here(string method, string path)
    {
        var owner = (await fixture.Api.SignUpWithTenantAsync()).User;
        var nothing = await owner.GetAsync("/nothing");

        var answer = await owner.SendAsync(new HttpMethod(method), path);

        answer.RequireProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(nothing.Body["title"]!.ToString(), answer.Body["title"]!.ToString());
        Assert.Equal(nothing.Body.AsObject().Select(member => member.Key), answer.Body.AsObject().Select(member => member.Key));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("slug")]
    [InlineData("key")]
    public async Task Support_finds_any_tenant_by(string what)
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var support = await fixture.SignUpStaffAsync("support");
        var known = (await tenant.User.GetAsync(tenant.Path)).Body;

        var found = (await support.GetAsync($"/platform/tenants?q={Uri.EscapeDataString((string)known[what]!)}")).Require(HttpStatusCode.OK).Items;

        Assert.Contains(found, item => (Guid)item!["id"]! == tenant.TenantId);
        Assert.DoesNotContain(found, item => (Guid)item!["id"]! == other.TenantId);
        (await support.GetAsync($"/platform/tenants/{tenant.TenantId}")).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pages_lead_through_all_tenants_of_the_filter()
    {
        var staff = await fixture.SignUpStaffAsync("support");
        var user = await fixture.Api.SignUpAsync();
        var mark = Guid.NewGuid().ToString("N");

        for (var number = 1; number <= 3; number++)
            (await user.PostAsync("/tenants", new { name = $"{mark} {number}" })).Require(HttpStatusCode.Created);

        var first = (await staff.GetAsync($"/platform/tenants?q={mark}&limit=2")).Require(HttpStatusCode.OK);
        var second = (await staff.GetAsync($"/platform/tenants?q={mark}&limit=2&cursor={first.NextCursor}")).Require(HttpStatusCode.OK);

        Assert.Equal([$"{mark} 3", $"{mark} 2", $"{mark} 1"], first.Items.Concat(second.Items).Select(item => (string)item!["name"]!));
        Assert.Null(second.NextCursor);
        (await staff.GetAsync($"/platform/tenants?q=x&cursor={first.NextCursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
        (await staff.GetAsync("/platform/tenants?status=broken")).RequireInvalid("status");
    }

    [Fact]
    public async Task Deleted_tenants_are_listed_apart()
    {
        var (tenant, staff) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync("support"));
        (await tenant.User.DeleteAsync(tenant.Path)).Require(HttpStatusCode.NoContent);

        Assert.Empty((await staff.GetAsync($"/platform/tenants?q={tenant.Key}")).Items);
        Assert.Single((await staff.GetAsync($"/platform/tenants?q={tenant.Key}&deleted=true")).Items);
        Assert.NotNull((await staff.GetAsync($"/platform/tenants/{tenant.TenantId}")).Require(HttpStatusCode.OK).Body["deleted"]);
    }

    [Fact]
    public async Task An_admin_suspends_a_tenant_and_reactivates_it_and_its_people_see_who()
    {
        var (tenant, admin) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync());
        var path = $"/platform/tenants/{tenant.TenantId}";
        (await tenant.ListAsync()).Require(HttpStatusCode.OK);

        var suspended = (await admin.PostAsync($"{path}/suspend", new { reason = "Unpaid" })).Require(HttpStatusCode.OK);

        Assert.Equal("suspended", (string?)suspended.Body["status"]);
        (await tenant.ListAsync()).RequireProblem(HttpStatusCode.Forbidden, "tenant-suspended");
        Assert.Contains((await admin.GetAsync($"/platform/tenants?status=suspended&q={tenant.Key}")).Items, item => (string)item!["key"]! == tenant.Key);
        (await admin.PostAsync($"{path}/suspend", new { reason = "Again" })).Require(HttpStatusCode.OK);

        (await admin.PostAsync($"{path}/reactivate")).Require(HttpStatusCode.OK);
        (await tenant.ListAsync()).Require(HttpStatusCode.OK);
        Assert.Equal(1, await fixture.AuditedAsync("tenant.suspended", tenant.TenantId));
        Assert.Equal(1, await fixture.AuditedInTenantAsync("tenant.suspended", tenant.TenantId, admin));
        Assert.Equal(1, await fixture.AuditedInTenantAsync("tenant.reactivated", tenant.TenantId, admin));
    }

    [Fact]
    public async Task Support_suspends_nobody_and_nobody_suspends_without_a_reason()
    {
        var (tenant, support, admin) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync("support"), await fixture.SignUpStaffAsync());
        var path = $"/platform/tenants/{tenant.TenantId}";

        (await support.PostAsync($"{path}/suspend", new { reason = "Unpaid" })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await support.PostAsync($"{path}/reactivate")).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await admin.PostAsync($"{path}/suspend", new { reason = "" })).RequireInvalid("reason");
        (await admin.PostAsync($"/platform/tenants/{Guid.NewGuid()}/suspend", new { reason = "Unpaid" })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.ListAsync()).Require(HttpStatusCode.OK);
    }
}
