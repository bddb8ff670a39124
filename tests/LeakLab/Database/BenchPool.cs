using System.Collections.Concurrent;

namespace TenantPlatform.LeakLab.Database;

/// <summary>As many benches as there are workers, made when they are needed.</summary>
internal sealed class BenchPool(LabTarget target) : IAsyncDisposable
{
    private readonly SemaphoreSlim victimWrites = new(1);
    private readonly ConcurrentBag<Bench> free = [];

    public async Task UseAsync(Func<Bench, Task> work)
    {
        if (!free.TryTake(out var bench))
            bench = new Bench(target, victimWrites);

        try
        {
            await work(bench);
        }
        finally
        {
            free.Add(bench);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bench in free)
            await bench.DisposeAsync();

        victimWrites.Dispose();
    }
}
