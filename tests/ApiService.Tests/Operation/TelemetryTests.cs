namespace TenantPlatform.ApiService.Tests.Operation;

public sealed class TelemetryTests(ApiFixture fixture)
{
    [Fact]
    public async Task The_span_of_a_request_names_its_tenant()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var spans = await Spans.OfAsync("Microsoft.AspNetCore", trace => tenant.User.SendAsync(HttpMethod.Get, tenant.Todos, null, trace));

        Assert.Equal(tenant.TenantId.ToString(), Assert.Single(spans).GetTagItem("tenant.id"));
    }

    [Fact]
    public async Task Listing_todos_takes_four_round_trips_however_many_there_are()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await tenant.AddTodosAsync(50);

        var commands = await Spans.OfAsync("Npgsql", trace => tenant.User.SendAsync(HttpMethod.Get, $"{tenant.Todos}?limit=50", null, trace));

        // The session, the membership, its permissions, the todos.
        Assert.Equal(4, commands.Count);
    }
}
