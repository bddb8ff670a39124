namespace TenantPlatform.ApiService.Tests.Todos;

public sealed class TodoTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_created_todo_is_read_back_as_it_was_answered()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var created = await tenant.AddTodoAsync(new
        {
            title = "Pay \ud83d\ude00",
            description = "Twice",
            priority = 1,
            completed = true,
            dueDate = "2031-05-06T07:08:09.1234567+02:00",
            assignedTo = tenant.User.UserId,
        });

        var read = (await tenant.User.GetAsync(created.Headers.Location!.ToString())).Require(HttpStatusCode.OK);
        Assert.Equal(created.Text, read.Text);
        Assert.Equal("2031-05-06T05:08:09.123456Z", (string?)read.Body["dueDate"]);
        Assert.Equal(tenant.User.UserId, (Guid?)read.Body["createdBy"]);
        Assert.Equal(["\"1\"", "\"1\""], [created.ETag, read.ETag]);
    }

    [Fact]
    public async Task What_a_new_todo_leaves_out_has_defaults()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var created = await tenant.AddTodoAsync(new { title = "Bare" });

        Assert.Equal(3, (int?)created.Body["priority"]);
        Assert.False((bool?)created.Body["completed"]);
        Assert.Null(created.Body["dueDate"]);
        Assert.Null(created.Body["assignedTo"]);
    }

    [Fact]
    public async Task Clients_cannot_choose_what_the_server_decides()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var id = Guid.CreateVersion7();

        var created = await tenant.AddTodoAsync(new
        {
            title = "Smuggled",
            id,
            version = 7,
            tenantId = other.TenantId,
            createdBy = other.User.UserId,
            created = "2001-01-01T00:00:00Z",
        });

        Assert.NotEqual(id.ToString(), created.Id);
        Assert.Equal(1, (int?)created.Body["version"]);
        Assert.Equal(tenant.User.UserId, (Guid?)created.Body["createdBy"]);
        Assert.Empty((await other.ListAsync()).Items);
    }

    [Fact]
    public async Task A_time_without_an_offset_is_utc()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var created = await tenant.AddTodoAsync(new { title = "x", dueDate = "2031-05-06T07:08:09" });

        Assert.Equal("2031-05-06T07:08:09Z", (string?)created.Body["dueDate"]);
    }

    [Fact]
    public async Task Updating_replaces_everything_and_counts_the_version_up()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync(new { title = "Old", description = "Old", assignedTo = tenant.User.UserId });

        var answer = await tenant.User.PutAsync(tenant.Todo(todo.Id), new { title = "New", completed = true, priority = 5 });

        answer.Require(HttpStatusCode.OK);
        Assert.Equal("\"2\"", answer.ETag);
        var read = await tenant.User.GetAsync(tenant.Todo(todo.Id));
        Assert.Equal(answer.Text, read.Text);
        Assert.Equal("New", (string?)read.Body["title"]);
        Assert.Null(read.Body["description"]);
        Assert.Null(read.Body["assignedTo"]);
        Assert.Equal((string?)todo.Body["created"], (string?)read.Body["created"]);
    }

    [Fact]
    public async Task A_todo_that_was_read_can_be_put_back()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync();
        var changed = todo.Body;
        changed["title"] = "Changed";

        var answer = await tenant.User.PutAsync(tenant.Todo(todo.Id), changed, todo.ETag);

        Assert.Equal("Changed", (string?)answer.Require(HttpStatusCode.OK).Body["title"]);
    }

    [Fact]
    public async Task A_deleted_todo_is_gone_but_its_row_is_kept()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync();

        (await tenant.User.DeleteAsync(tenant.Todo(todo.Id))).Require(HttpStatusCode.NoContent);

        (await tenant.User.GetAsync(tenant.Todo(todo.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.DeleteAsync(tenant.Todo(todo.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Empty((await tenant.ListAsync()).Items);
        Assert.True(await fixture.ReadAsAdminAsync<bool>("select deleted is not null from pooled.todos where id = $1", Guid.Parse(todo.Id)));
    }

    [Fact]
    public async Task Anybody_of_the_tenant_works_on_its_todos()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync();
        var colleague = await fixture.Api.SignUpAsync();
        await fixture.AddMemberAsync(tenant, colleague);

        var answer = await colleague.PutAsync(
            tenant.Todo(todo.Id), new { title = "Mine now", completed = false, priority = 3, assignedTo = colleague.UserId });

        Assert.Equal(tenant.User.UserId, (Guid?)answer.Require(HttpStatusCode.OK).Body["createdBy"]);
        Assert.Equal(colleague.UserId, (Guid?)answer.Body["assignedTo"]);
    }

    [Fact]
    public async Task Responses_must_not_be_cached()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        foreach (var answer in new[] { await tenant.ListAsync(), await tenant.ListAsync("?limit=x"), await tenant.User.GetAsync("/nowhere") })
        {
            Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
        }
    }
}
