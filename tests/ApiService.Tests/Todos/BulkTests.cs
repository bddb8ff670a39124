namespace TenantPlatform.ApiService.Tests.Todos;

public sealed class BulkTests(ApiFixture fixture)
{
    [Fact]
    public async Task Five_hundred_todos_are_created_at_once_and_answered_in_their_order()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var titles = Enumerable.Range(1, 500).Select(number => $"Todo {number}").ToList();

        var answer = await tenant.User.PostAsync($"{tenant.Todos}/bulk", new { todos = titles.Select(title => new { title }) });

        Assert.Equal(titles, answer.Require(HttpStatusCode.Created).Items.Select(todo => (string)todo!["title"]!));
        Assert.Equal(500, await fixture.ReadAsAdminAsync<long>("select count(*) from pooled.todos where tenant_id = $1", tenant.TenantId));
    }

    [Fact]
    public async Task One_invalid_todo_spoils_them_all_and_is_named()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var answer = await tenant.User.PostAsync(
            $"{tenant.Todos}/bulk", new { todos = new object[] { new { title = "fine" }, new { title = "x", priority = 6 } } });

        answer.RequireInvalid("todos[1].priority");
        Assert.Empty((await tenant.ListAsync()).Items);
    }

    [Fact]
    public async Task One_stranger_spoils_them_all_and_is_named()
    {
        var (tenant, stranger) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpAsync());
        var (fine, bad) = (new { title = "fine", assignedTo = (Guid?)tenant.User.UserId }, new { title = "bad", assignedTo = (Guid?)stranger.UserId });

        var answer = await tenant.User.PostAsync($"{tenant.Todos}/bulk", new { todos = new[] { fine, bad, fine, bad } });

        answer.RequireInvalid("todos[1].assignedTo", "todos[3].assignedTo");
        Assert.Empty((await tenant.ListAsync()).Items);
    }

    [Fact]
    public async Task A_missing_todo_is_named()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.PostTextAsync($"{tenant.Todos}/bulk", """{"todos":[{"title":"x"},null]}""")).RequireInvalid("todos[1]");
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_is_named()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.PostTextAsync($"{tenant.Todos}/bulk", """{"todos":[{"title":"x"},{"title":1}]}""")).RequireInvalid("todos[1].title");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task Only_1_to_500_todos_fit(int count)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var answer = await tenant.User.PostAsync($"{tenant.Todos}/bulk", new { todos = Enumerable.Repeat(new { title = "x" }, count) });

        answer.RequireInvalid("todos");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"todos":null}""")]
    public async Task The_todos_are_required(string json)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.PostTextAsync($"{tenant.Todos}/bulk", json)).RequireInvalid("todos");
    }

    [Fact]
    public async Task Five_hundred_long_descriptions_fit()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = new { title = "x", description = new string('d', 10_000) };

        var answer = await tenant.User.PostAsync($"{tenant.Todos}/bulk", new { todos = Enumerable.Repeat(todo, 500) });

        answer.Require(HttpStatusCode.Created);
    }
}
