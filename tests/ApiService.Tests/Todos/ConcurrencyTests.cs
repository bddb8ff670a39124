namespace TenantPlatform.ApiService.Tests.Todos;

public sealed class ConcurrencyTests(ApiFixture fixture)
{
    private static readonly object Change = new { title = "Changed", completed = false, priority = 2 };

    [Fact]
    public async Task A_stale_version_is_neither_updated_nor_deleted()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync();
        var current = await tenant.User.PutAsync(tenant.Todo(todo.Id), Change, todo.ETag);

        var update = await tenant.User.PutAsync(tenant.Todo(todo.Id), new { title = "Lost", completed = false, priority = 2 }, todo.ETag);
        var delete = await tenant.User.DeleteAsync(tenant.Todo(todo.Id), todo.ETag);

        update.RequireProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        delete.RequireProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        Assert.Equal(current.Text, (await tenant.User.GetAsync(tenant.Todo(todo.Id))).Text);
    }

    [Fact]
    public async Task Of_many_updates_of_one_version_exactly_one_wins()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 16).Select(number => tenant.User.PutAsync(
            tenant.Todo(todo.Id), new { title = $"Writer {number}", completed = false, priority = 3 }, todo.ETag)));

        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer != winner), loser => loser.RequireProblem(HttpStatusCode.PreconditionFailed, "stale-version"));
        Assert.Equal(winner.Text, (await tenant.User.GetAsync(tenant.Todo(todo.Id))).Text);
    }

    [Fact]
    public async Task Without_if_match_no_update_is_lost_silently()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 16).Select(number => tenant.User.PutAsync(
            tenant.Todo(todo.Id), new { title = $"Writer {number}", completed = false, priority = 3 })));

        var wins = answers.Count(answer => answer.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.OK),
            loser => loser.RequireProblem(HttpStatusCode.Conflict, "concurrent-change"));
        Assert.Equal(1 + wins, (int?)(await tenant.User.GetAsync(tenant.Todo(todo.Id))).Body["version"]);
    }

    [Theory]
    [InlineData("\"1\"", true)]
    [InlineData("*", true)]
    [InlineData("\"7\", \"1\"", true)]
    [InlineData("W/\"1\"", false)]
    [InlineData("\"01\"", false)]
    [InlineData("1", false)]
    [InlineData("nonsense", false)]
    public async Task If_match_compares_strongly(string ifMatch, bool matches)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var todo = await tenant.AddTodoAsync();

        var answer = await tenant.User.PutAsync(tenant.Todo(todo.Id), Change, ifMatch);

        answer.Require(matches ? HttpStatusCode.OK : HttpStatusCode.PreconditionFailed);
    }
}
