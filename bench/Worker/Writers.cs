using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.Bench.Worker;

/// <summary>Clients of one tenant that add, change and delete todos without a pause, and remember what was committed.</summary>
internal sealed class Writers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, string> committed;
    private readonly ConcurrentQueue<double> latencies = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task[] work;

    /// <param name="committed">Is kept to what the tenant must have of theirs: id and title of each todo that was not deleted again.</param>
    public Writers(TenantAccess access, BenchTenant tenant, int clients, ConcurrentDictionary<Guid, string> committed)
    {
        this.committed = committed;
        work = [.. Enumerable.Range(0, clients).Select(client => Task.Run(() => WorkAsync(access, tenant, client)))];
    }

    /// <summary>Milliseconds of all operations that ended since the last call.</summary>
    public IReadOnlyList<double> TakeLatencies()
    {
        var taken = new List<double>();

        while (latencies.TryDequeue(out var latency))
        {
            taken.Add(latency);
        }

        return taken;
    }

    /// <summary>Ends them in good order; a client that failed throws here.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(work);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task WorkAsync(TenantAccess access, BenchTenant tenant, int client)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var started = Stopwatch.GetTimestamp();
            var todo = new Todo { TenantId = tenant.Id, Title = $"client {client}, {number}", CreatedBy = tenant.OwnerId };
            await using var db = access.Open(tenant);
            db.Add(todo);
            await db.SaveChangesAsync(CancellationToken.None);
            committed[todo.Id] = todo.Title;
            Count(ref started);

            if (number % 3 is 0)
            {
                todo.Title += ", changed";
                await db.SaveChangesAsync(CancellationToken.None);
                committed[todo.Id] = todo.Title;
                Count(ref started);
            }
            else if (number % 5 is 0)
            {
                await db.Todos.Where(row => row.Id == todo.Id).ExecuteDeleteAsync(CancellationToken.None);
                committed.TryRemove(todo.Id, out string? _);
                Count(ref started);
            }
        }
    }

    private void Count(ref long started)
    {
        latencies.Enqueue(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        started = Stopwatch.GetTimestamp();
    }
}
