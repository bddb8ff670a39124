namespace TenantPlatform.ApiService.Tests.Todos;

public sealed class CursorTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_cursor_of_another_tenant_is_refused()
    {
        var user = await fixture.Api.SignUpAsync();
        var (tenant, other) = (await TenantCaller.CreateAsync(user), await TenantCaller.CreateAsync(user));
        var cursor = await CursorAsync(other);

        (await tenant.ListAsync($"?limit=1&cursor={cursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    [Fact]
    public async Task A_cursor_is_refused_once_the_filters_change()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var cursor = await CursorAsync(tenant);

        (await tenant.ListAsync($"?completed=true&cursor={cursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
        (await tenant.ListAsync($"?dueBefore=2031-01-01T00:00:00Z&cursor={cursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    [Fact]
    public async Task The_page_size_may_change_between_pages()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var cursor = await CursorAsync(tenant);

        Assert.Equal(2, (await tenant.ListAsync($"?limit=50&cursor={cursor}")).Items.Count);
    }

    [Fact]
    public async Task A_cursor_with_any_character_changed_is_refused()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var cursor = await CursorAsync(tenant);

        for (var i = 0; i < cursor.Length; i++)
        {
            var forged = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            (await tenant.ListAsync($"?cursor={forged}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("%00")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%20")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Garbage_is_refused(string cursor)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.ListAsync($"?cursor={cursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    private static async Task<string> CursorAsync(TenantCaller tenant)
    {
        await tenant.AddTodosAsync(3);
        return (await tenant.ListAsync("?limit=1")).NextCursor!;
    }
}
