namespace TenantPlatform.ApiService.Tests;

/// <summary>A user at work in one tenant.</summary>
internal sealed record TenantCaller(Caller User, Guid TenantId, string Key, string Slug)
{
    public string Path => $"/tenants/{Key}";

    public string Todos => $"{Path}/todos";

    public string Members => $"{Path}/members";

    public string Teams => $"{Path}/teams";

    public string Invitations => $"{Path}/invitations";

    public static async Task<TenantCaller> CreateAsync(Caller user)
    {
        var answer = await user.PostAsync("/tenants", new { name = $"Tenant {Guid.NewGuid():N}" });
        answer.Require(HttpStatusCode.Created);
        return new TenantCaller(user, Guid.Parse(answer.Id), (string)answer.Body["key"]!, (string)answer.Body["slug"]!);
    }

    public string Todo(string id) => $"{Todos}/{id}";

    public string Invitation(Answer invitation) => $"{Invitations}/{invitation.Id}";

    public string Member(Caller user) => $"{Members}/{user.UserId}";

    public async Task<Answer> AddTodoAsync(object? todo = null) =>
        (await User.PostAsync(Todos, todo ?? new { title = "Water the plants" })).Require(HttpStatusCode.Created);

    public async Task AddTodosAsync(int count) =>
        (await User.PostAsync($"{Todos}/bulk", new { todos = Enumerable.Range(1, count).Select(number => new { title = $"Todo {number}" }) }))
            .Require(HttpStatusCode.Created);

    public Task<Answer> ListAsync(string query = "") => User.GetAsync(Todos + query);
}
