namespace TenantPlatform.ApiService.Tests.Todos;

public sealed class TodoIsolationTests(ApiFixture fixture)
{
    private static readonly object Replacement = new { title = "Mine now", completed = true, priority = 1 };

    [Fact]
    public async Task Tenant_cannot_read_change_or_delete_another_tenants_todo_by_its_id()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var secret = await other.AddTodoAsync(new { title = "Secret" });

        (await tenant.User.GetAsync(tenant.Todo(secret.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.PutAsync(tenant.Todo(secret.Id), Replacement)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.DeleteAsync(tenant.Todo(secret.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(secret.Text, (await other.User.GetAsync(other.Todo(secret.Id))).Text);
    }

    [Fact]
    public async Task Strangers_cannot_enter_by_the_path_of_another_tenant()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var secret = await other.AddTodoAsync(new { title = "Secret" });

        (await tenant.User.GetAsync(other.Todo(secret.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.PostAsync(other.Todos, new { title = "x" })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.PostAsync($"{other.Todos}/bulk", new { todos = new[] { new { title = "x" } } }))
            .RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.PutAsync(other.Todo(secret.Id), Replacement)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.DeleteAsync(other.Todo(secret.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Lists_hold_the_tenants_own_todos_only()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        await other.AddTodoAsync();
        var own = await tenant.AddTodoAsync();

        foreach (var query in new[] { "", "?completed=false", $"?createdBy={tenant.User.UserId}", "?limit=100&priority=3" })
        {
            Assert.Equal([own.Id], (await tenant.ListAsync(query)).Items.Select(todo => (string)todo!["id"]!));
        }

        Assert.Empty((await tenant.ListAsync($"?createdBy={other.User.UserId}")).Items);
    }

    [Fact]
    public async Task One_user_in_two_tenants_sees_each_ones_todos_apart()
    {
        var user = await fixture.Api.SignUpAsync();
        var (first, second) = (await TenantCaller.CreateAsync(user), await TenantCaller.CreateAsync(user));
        var todo = await first.AddTodoAsync();

        Assert.Empty((await second.ListAsync()).Items);
        (await user.GetAsync(second.Todo(todo.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Parallel_requests_of_many_tenants_never_mix()
    {
        var tenants = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.Api.SignUpWithTenantAsync()));
        await Task.WhenAll(tenants.Select(tenant => tenant.AddTodoAsync(new { title = tenant.Key })));

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), Cancel, async (number, _) =>
        {
            var tenant = tenants[number % tenants.Length];
            Assert.Equal([tenant.Key], (await tenant.ListAsync()).Items.Select(todo => (string)todo!["title"]!));
        });
    }

    [Fact]
    public async Task Todos_cannot_be_assigned_to_strangers()
    {
        var (tenant, stranger) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpAsync());
        var todo = await tenant.AddTodoAsync();

        var created = await tenant.User.PostAsync(tenant.Todos, new { title = "x", assignedTo = stranger.UserId });
        var updated = await tenant.User.PutAsync(
            tenant.Todo(todo.Id), new { title = "x", completed = false, priority = 3, assignedTo = stranger.UserId });

        created.RequireInvalid("assignedTo");
        updated.RequireInvalid("assignedTo");
    }
}
