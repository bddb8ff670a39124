using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace TenantPlatform.LeakLab.Tests.SideChannels;

/// <summary>How long a refusal takes, and what work it does, is the same whether or not the thing exists.</summary>
[Collection(nameof(SideChannels))]
public sealed class TimingTests(SideChannelFixture fixture, ITestOutputHelper output)
{
    private const int Samples = 80;
    private const int WarmUp = 10;

    // Medians of interleaved requests differ by a few per cent even on a busy machine; the statements are compared exactly.
    private const double Tolerance = 1.5;

    [Theory]
    [InlineData("/tenants/{slug}", "/tenants/no-such-tenant-anywhere")]
    [InlineData("/tenants/{tenant}/todos", "/tenants/01990000-0000-7000-8000-000000000000/todos")]
    [InlineData("/tenants/{own}/todos/{todo}", "/tenants/{own}/todos/01990000-0000-7000-8000-000000000000")]
    public async Task Another_tenants_thing_and_a_missing_one_take_equally_long(string theirs, string missing)
    {
        await using var api = new ApiServer(fixture.Database);
        var (victim, stranger) = (await api.SignUpAsync(), await api.SignUpAsync());
        var todo = await victim.AddTodoAsync();
        var paths = new[] { theirs, missing }.Select(path => path
            .Replace("{slug}", victim.Slug, StringComparison.Ordinal).Replace("{tenant}", victim.TenantId, StringComparison.Ordinal)
            .Replace("{own}", stranger.TenantId, StringComparison.Ordinal).Replace("{todo}", todo, StringComparison.Ordinal)).ToArray();

        // Sessions and memberships are remembered after the first request.
        await StatementsAsync(stranger, $"/tenants/{stranger.TenantId}/todos");
        Assert.Equal(await StatementsAsync(stranger, paths[1]), await StatementsAsync(stranger, paths[0]));

        var (existing, absent) = await MediansAsync(stranger, paths[0], paths[1]);
        output.WriteLine($"{existing.TotalMicroseconds:0} us if it exists, {absent.TotalMicroseconds:0} us if not");
        Assert.InRange(existing / absent, 1 / Tolerance, Tolerance);
    }

    private static async Task<(TimeSpan First, TimeSpan Second)> MediansAsync(Member caller, string first, string second)
    {
        var times = new List<TimeSpan>[] { [], [] };

        for (var round = 0; round < WarmUp + Samples; round++)
        {
            // Alternately first, so that neither always follows the other.
            foreach (var which in round % 2 is 0 ? [0, 1] : (int[])[1, 0])
            {
                var started = Stopwatch.GetTimestamp();
                using var response = await caller.Client.GetAsync(which is 0 ? first : second, Cancel);
                var elapsed = Stopwatch.GetElapsedTime(started);
                Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);

                if (round >= WarmUp)
                    times[which].Add(elapsed);
            }
        }

        return (Median(times[0]), Median(times[1]));
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>The texts that the request sends to the database, in their order.</summary>
    private static async Task<string[]> StatementsAsync(Member caller, string path)
    {
        var trace = ActivityTraceId.CreateRandom();
        var statements = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && activity.Source.Name is "Npgsql")
                    statements.Enqueue((string)activity.GetTagItem("db.query.text")!);
            },
        };
        ActivitySource.AddActivityListener(listener);

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } } };
        using var response = await caller.Client.SendAsync(request, Cancel);
        Assert.NotEmpty(statements);
        return [.. statements];
    }
}
