using System.Collections.Concurrent;
using System.Diagnostics;

namespace TenantPlatform.ApiService.Tests.Operation;

public sealed class TelemetryTests(ApiFixture fixture)
{
    [Fact]
    public async Task The_span_of_a_request_names_its_tenant()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var spans = await SpansOfAsync("Microsoft.AspNetCore", trace => tenant.User.SendAsync(HttpMethod.Get, tenant.Todos, null, trace));

        Assert.Equal(tenant.TenantId.ToString(), Assert.Single(spans).GetTagItem("tenant.id"));
    }

    [Fact]
    public async Task Listing_todos_takes_one_round_trip_however_many_there_are_and_four_the_first_time()
    {
        await using var api = fixture.Start();
        await api.HearsAsync();
        var tenant = await api.SignUpWithTenantAsync();
        await tenant.AddTodosAsync(50);
        api.Forget();

        // The session, the membership, its permissions, the todos.
        Assert.Equal(4, (await SpansOfAsync("Npgsql", List)).Count);
        Assert.Single(await SpansOfAsync("Npgsql", List));

        Task<Answer> List((string, string?) trace) => tenant.User.SendAsync(HttpMethod.Get, $"{tenant.Todos}?limit=50", null, trace);
    }

    private static async Task<List<Activity>> SpansOfAsync(string source, Func<(string, string?), Task<Answer>> call)
    {
        var traceId = ActivityTraceId.CreateRandom();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == traceId)
                    spans.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        (await call(("traceparent", $"00-{traceId}-{ActivitySpanId.CreateRandom()}-01"))).Require(HttpStatusCode.OK);

        // The server ends its span just after it has sent the answer.
        var deadline = Stopwatch.StartNew();
        while (spans.IsEmpty && deadline.Elapsed < TimeSpan.FromSeconds(10))
            await Task.Yield();

        return [.. spans];
    }
}
