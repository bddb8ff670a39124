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
    public async Task Listing_todos_takes_one_round_trip_however_many_there_are_and_four_the_first_time()
    {
        await using var api = fixture.Start();
        await api.HearsAsync();
        var tenant = await TenantCaller.CreateAsync((await fixture.Api.SignUpAsync()).At(api));
        await tenant.AddTodosAsync(50);
        api.Forget();

        // The session, the membership, its permissions, the todos.
        Assert.Equal(4, (await Spans.OfAsync("Npgsql", List)).Count);
        Assert.Single(await Spans.OfAsync("Npgsql", List));

        Task<Answer> List((string, string?) trace) => tenant.User.SendAsync(HttpMethod.Get, $"{tenant.Todos}?limit=50", null, trace);
    }
}
