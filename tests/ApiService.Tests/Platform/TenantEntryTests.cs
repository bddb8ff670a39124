namespace TenantPlatform.ApiService.Tests.Platform;

public sealed class TenantEntryTests(ApiFixture fixture)
{
    [Fact]
    public async Task Support_reads_in_a_tenant_that_it_has_entered_and_changes_nothing()
    {
        var (tenant, support) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync("support"));
        var todo = await tenant.AddTodoAsync();
        (await support.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");

        (await support.EnterAsync(tenant)).Require(HttpStatusCode.Created);

        Assert.Single((await support.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK).Items);
        (await support.GetAsync(tenant.Members)).Require(HttpStatusCode.OK);
        (await support.PostAsync(tenant.Todos, new { title = "Water the plants" })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await support.DeleteAsync(tenant.Todo(todo.Id))).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        Assert.DoesNotContain((await support.GetAsync($"{tenant.Path}/me/permissions")).Body["permissions"]!.AsArray(), key => !((string)key!).EndsWith(":read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_admin_changes_what_is_there_but_makes_nothing_in_a_members_name()
    {
        var (tenant, admin) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync());
        var todo = await tenant.AddTodoAsync();
        (await admin.EnterAsync(tenant)).Require(HttpStatusCode.Created);

        (await admin.PostAsync(tenant.Todos, new { title = "Mine" })).RequireInvalid("createdBy");
        (await admin.PostAsync($"{tenant.Todos}/bulk", new { todos = new[] { new { title = "Mine" } } })).RequireInvalid("createdBy");
        (await admin.PutAsync(tenant.Path, new { name = "Renamed", slug = tenant.Slug })).Require(HttpStatusCode.OK);
        (await admin.PostAsync($"{tenant.Path}/leave")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.DeleteAsync(tenant.Todo(todo.Id))).Require(HttpStatusCode.NoContent);

        Assert.Empty((await tenant.ListAsync()).Items);
    }

    [Fact]
    public async Task The_tenant_reads_who_came_and_never_sees_them_among_its_members()
    {
        var (tenant, admin) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync());

        (await admin.EnterAsync(tenant)).Require(HttpStatusCode.Created);
        (await admin.DeleteAsync($"/platform/tenants/{tenant.TenantId}/entries/current")).Require(HttpStatusCode.NoContent);

        Assert.Equal(1, await fixture.AuditedAsync("tenant.entered", tenant.TenantId));
        Assert.Equal(1, await fixture.AuditedInTenantAsync("tenant.entered", tenant.TenantId, admin));
        Assert.Equal(1, await fixture.AuditedInTenantAsync("tenant.left", tenant.TenantId, admin));
        Assert.Equal([tenant.User.UserId], (await tenant.User.GetAsync(tenant.Members)).Items.Select(member => (Guid)member!["userId"]!));
        Assert.Equal("Ticket 1234", await fixture.ReadAsAdminAsync<string>(
            "select new_values ->> 'reason' from pooled.audit_logs where tenant_id = $1 and action = 'tenant.entered'", tenant.TenantId));
    }

    [Fact]
    public async Task Who_leaves_is_out_at_once()
    {
        var (tenant, admin) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync());
        var current = $"/platform/tenants/{tenant.TenantId}/entries/current";
        (await admin.DeleteAsync(current)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.EnterAsync(tenant)).Require(HttpStatusCode.Created);
        (await admin.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);

        (await admin.DeleteAsync(current)).Require(HttpStatusCode.NoContent);

        (await admin.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_entry_ends_by_itself()
    {
        var (tenant, admin) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync());
        (await admin.EnterAsync(tenant)).Require(HttpStatusCode.Created);
        (await admin.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);

        await fixture.AsAdminAsync(
            "update platform.tenant_entries set created = now() - interval '1 h', expires = now() - interval '1 s' where tenant_id = $1", tenant.TenantId);

        (await admin.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_entry_is_of_one_session_into_one_tenant()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var admin = await fixture.SignUpStaffAsync();
        var elsewhere = Caller.From(fixture.Api.Client, await admin.With(null).PostAsync("/auth/sign-in", new { email = admin.Email, password = Password }));

        (await admin.EnterAsync(tenant)).Require(HttpStatusCode.Created);

        (await admin.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);
        (await elsewhere.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.GetAsync(other.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.GetAsync(other.Members)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_suspended_tenant_can_be_entered_and_a_deleted_one_not()
    {
        var (tenant, admin) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync());
        await fixture.AsAdminAsync("update platform.tenants set status = 'suspended' where id = $1", tenant.TenantId);
        (await admin.EnterAsync(tenant)).Require(HttpStatusCode.Created);
        (await admin.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);

        await fixture.AsAdminAsync("update platform.tenants set deleted = now() where id = $1", tenant.TenantId);

        (await admin.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.EnterAsync(tenant)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_entry_needs_a_reason_and_lasts_an_hour_at_most()
    {
        var (tenant, admin) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync());
        var path = $"/platform/tenants/{tenant.TenantId}/entries";

        (await admin.PostAsync(path, new { reason = "Ticket 1234", minutes = 61 })).RequireInvalid("minutes");
        (await admin.PostAsync(path, new { minutes = 5 })).RequireInvalid("reason");
        (await tenant.User.EnterAsync(tenant)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }
}
