using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace TenantPlatform.Bench.Api;

/// <summary>Where wrk is not installed. Takes more of the machine's time, which makes all variants look more alike.</summary>
internal sealed class HttpLoad(IReadOnlyList<Seat> callers) : LoadGenerator
{
    public override string Name => "HttpClient (wrk is not installed; the variants will look more alike than they are)";

    public override async Task<LoadResult> RunAsync(
        Uri server, Operation operation, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = server };
        var (turn, errors) = (-1, 0L);
        var latencies = new ConcurrentBag<List<TimeSpan>>();
        var clock = Stopwatch.StartNew();

        async Task CallAsync()
        {
            var mine = new List<TimeSpan>();
            latencies.Add(mine);

            while (clock.Elapsed < duration)
            {
                var (caller, started) = (callers[Interlocked.Increment(ref turn) % callers.Count], clock.Elapsed);

                if (!await IsAnsweredAsync(client, operation, caller, cancellationToken))
                {
                    Interlocked.Increment(ref errors);
                }

                mine.Add(clock.Elapsed - started);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(CallAsync, cancellationToken)));
        var (elapsed, sorted) = (clock.Elapsed, latencies.SelectMany(mine => mine).Order().ToList());
        return new LoadResult(sorted.Count, elapsed, sorted[sorted.Count / 2], sorted[sorted.Count * 99 / 100], errors);
    }

    private static async Task<bool> IsAnsweredAsync(HttpClient client, Operation operation, Seat caller, CancellationToken cancellationToken)
    {
        using var request = RequestOf(operation, caller);

        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            return operation.IsAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public static HttpRequestMessage RequestOf(Operation operation, Seat caller) => new(operation.Method, Operation.PathOf(caller))
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", caller.Token) },
        Content = operation.Body is null ? null : new StringContent(operation.Body, Encoding.UTF8, "application/json"),
    };
}
