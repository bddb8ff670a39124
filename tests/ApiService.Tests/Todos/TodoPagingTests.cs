using System.Text.Json.Nodes;

namespace TenantPlatform.ApiService.Tests.Todos;

public sealed class TodoPagingTests(ApiFixture fixture)
{
    [Fact]
    public async Task Pages_hold_every_todo_once_even_when_all_are_of_the_same_instant()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await tenant.AddTodosAsync(25);

        var todos = await AllPagesAsync(tenant, "?limit=7");

        Assert.Single(todos.Select(todo => (string)todo["created"]!).Distinct());
        Assert.Equal(25, todos.Select(todo => (string)todo["id"]!).Distinct().Count());
        Assert.Equal(25, todos.Count);
    }

    [Fact]
    public async Task The_newest_todo_comes_first()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var older = await tenant.AddTodoAsync();
        var newer = await tenant.AddTodoAsync();

        var todos = await AllPagesAsync(tenant, "?limit=1");

        Assert.Equal([newer.Id, older.Id], todos.Select(todo => (string)todo["id"]!));
    }

    [Fact]
    public async Task Todos_that_arrive_while_paging_neither_repeat_nor_hide_others()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await tenant.AddTodosAsync(10);
        var first = await tenant.ListAsync("?limit=5");
        await tenant.AddTodosAsync(10);

        var second = await tenant.ListAsync($"?limit=5&cursor={first.NextCursor}");

        var ids = first.Items.Concat(second.Items).Select(todo => (string)todo!["id"]!).ToList();
        Assert.Equal(10, ids.Distinct().Count());
        Assert.Null(second.NextCursor);
    }

    [Theory]
    [InlineData(19, 19, false)]
    [InlineData(20, 20, false)]
    [InlineData(21, 20, true)]
    public async Task A_page_has_twenty_todos_unless_told_otherwise(int count, int expected, bool more)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await tenant.AddTodosAsync(count);

        var page = await tenant.ListAsync();

        Assert.Equal(expected, page.Items.Count);
        Assert.Equal(more, page.NextCursor is not null);
    }

    [Fact]
    public async Task Each_filter_selects()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await tenant.AddTodoAsync();
        var todo = await tenant.AddTodoAsync(new
        {
            title = "Special",
            completed = true,
            priority = 1,
            dueDate = "2031-01-01T00:00:00Z",
            assignedTo = tenant.User.UserId,
        });

        string[] selecting =
        [
            "completed=true", "priority=1", $"assignedTo={tenant.User.UserId}", "dueBefore=2031-01-01T00:00:01Z", "dueBefore=2031-01-01T03:00:00%2B02:00",
        ];

        foreach (var query in selecting)
            Assert.Equal([todo.Id], (await tenant.ListAsync($"?{query}")).Items.Select(item => (string)item!["id"]!));

        Assert.Empty((await tenant.ListAsync("?dueBefore=2031-01-01T00:00:00Z")).Items);
        Assert.Empty((await tenant.ListAsync("?completed=true&priority=2")).Items);
        Assert.Equal(2, (await tenant.ListAsync($"?createdBy={tenant.User.UserId}")).Items.Count);
    }

    private static async Task<List<JsonNode>> AllPagesAsync(TenantCaller tenant, string query)
    {
        var todos = new List<JsonNode>();
        string? cursor = null;

        do
        {
            var page = (await tenant.ListAsync(cursor is null ? query : $"{query}&cursor={cursor}")).Require(HttpStatusCode.OK);
            todos.AddRange(page.Items.OfType<JsonNode>());
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return todos;
    }
}
