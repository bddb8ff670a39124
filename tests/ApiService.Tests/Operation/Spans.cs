using System.Collections.Concurrent;
using System.Diagnostics;

namespace TenantPlatform.ApiService.Tests.Operation;

/// <summary>What one request left behind in the traces.</summary>
internal static class Spans
{
    public static async Task<List<Activity>> OfAsync(string source, Func<(string, string?), Task<Answer>> call)
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

        await call(("traceparent", $"00-{traceId}-{ActivitySpanId.CreateRandom()}-01"));

        // The server ends its span just after it has sent the answer.
        var deadline = Stopwatch.StartNew();
        while (spans.IsEmpty && deadline.Elapsed < TimeSpan.FromSeconds(10))
            await Task.Yield();

        return [.. spans];
    }
}
