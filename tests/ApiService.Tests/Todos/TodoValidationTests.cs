namespace TenantPlatform.ApiService.Tests.Todos;

public sealed class TodoValidationTests(ApiFixture fixture)
{
    public static TheoryData<string, string> InvalidTodos { get; } = new()
    {
        { """{}""", "title" },
        { """{"title":null}""", "title" },
        { """{"title":""}""", "title" },
        { """{"title":"  "}""", "title" },
        { $$"""{"title":"{{new string('x', 501)}}"}""", "title" },
        { $$"""{"title":"x","description":"{{new string('x', 10_001)}}"}""", "description" },
        { """{"title":"x","priority":0}""", "priority" },
        { """{"title":"x","priority":6}""", "priority" },
        { """{"title":"x","priority":null}""", "priority" },
        { """{"title":"x","priority":"3"}""", "priority" },
        { """{"title":"x","priority":1.5}""", "priority" },
        { """{"title":"x","priority":99999999999}""", "priority" },
        { """{"title":"x","completed":"yes"}""", "completed" },
        { """{"title":["x"]}""", "title" },
        { """{"title":"x","title":"y"}""", "title" },
        { """{"title":"x\ud800"}""", "title" },
        { """{"title":"x","dueDate":"tomorrow"}""", "dueDate" },
        { """{"title":"x","dueDate":"2026-02-30T00:00:00Z"}""", "dueDate" },
        { """{"title":"x","dueDate":1767225600}""", "dueDate" },
        { """{"title":"x","assignedTo":"me"}""", "assignedTo" },
    };

    [Theory]
    [MemberData(nameof(InvalidTodos))]
    public async Task An_invalid_todo_names_the_field(string json, string field)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var answer = await tenant.User.PostTextAsync(tenant.Todos, json);

        answer.RequireInvalid(field);
        Assert.DoesNotContain("TenantPlatform", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"title\":")]
    [InlineData("{\"title\":\"x\"}}")]
    [InlineData("{'title':'x'}")]
    [InlineData("{\"title\":\"x\\u0000\"}")]
    [InlineData("{\"title\":\"x\",\"description\":\"\\u0000\"}")]
    public async Task A_body_that_is_no_todo_is_unreadable(string body)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.PostTextAsync(tenant.Todos, body)).RequireProblem(HttpStatusCode.BadRequest, "unreadable-request");
    }

    [Fact]
    public async Task All_invalid_fields_are_named_at_once()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.PostAsync(tenant.Todos, new { title = "", priority = 9 })).RequireInvalid("title", "priority");
    }

    [Fact]
    public async Task An_update_must_say_whether_the_todo_is_completed_and_how_urgent()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync();

        (await tenant.User.PutAsync(tenant.Todo(todo.Id), new { title = "x" })).RequireInvalid("completed", "priority");
    }

    [Fact]
    public async Task The_longest_title_of_the_widest_characters_is_kept()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var title = string.Concat(Enumerable.Repeat("\ud83d\ude00", 250));

        var todo = await tenant.AddTodoAsync(new { title });

        Assert.Equal(title, (string?)todo.Body["title"]);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=101", "limit")]
    [InlineData("?limit=ten", "limit")]
    [InlineData("?limit=5&limit=6", "limit")]
    [InlineData("?completed=maybe", "completed")]
    [InlineData("?priority=6", "priority")]
    [InlineData("?assignedTo=me", "assignedTo")]
    [InlineData("?createdBy=1", "createdBy")]
    [InlineData("?dueBefore=soon", "dueBefore")]
    public async Task An_invalid_query_names_the_parameter(string query, string parameter)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.ListAsync(query)).RequireInvalid(parameter);
    }
}
