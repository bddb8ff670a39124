using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps the console of every resource instance: its own output and what the orchestrator says about it.</summary>
public class ResourceLoggerService : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestNoise = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, ResourceConsole> consoles = new(ResourceNames.Comparer);
    private readonly TimeProvider time;

    public ResourceLoggerService() : this(TimeProvider.System)
    {
    }

    internal ResourceLoggerService(TimeProvider time) => this.time = time;

    /// <summary>A logger that writes to the console of every instance of the resource.</summary>
    public ILogger GetLogger(IResource resource) =>
        new ResourceLogger([.. resource.GetResolvedResourceNames().Select(Console)], time);

    /// <summary>A logger that writes to the console of one instance.</summary>
    public ILogger GetLogger(string resourceName) => new ResourceLogger([Console(resourceName)], time);

    /// <summary>All lines so far and then new ones, in batches, of every instance of the resource.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        var ids = resource.GetResolvedResourceNames();
        return ids.Length == 1 ? WatchAsync(ids[0]) : WatchAllAsync(ids);
    }

    /// <summary>All lines so far and then new ones, in batches, of one instance.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Console(resourceName).WatchAsync();

    /// <summary>The lines so far of every instance of the resource.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) =>
        resource.GetResolvedResourceNames().Select(id => Console(id).Lines()).ToAsyncEnumerable();

    /// <summary>The lines so far of one instance.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) =>
        new[] { Console(resourceName).Lines() }.ToAsyncEnumerable();

    /// <summary>Ends the watches of every instance of the resource.</summary>
    public void Complete(IResource resource)
    {
        foreach (var id in resource.GetResolvedResourceNames())
            Complete(id);
    }

    /// <summary>Ends the watches of one instance.</summary>
    public void Complete(string name) => Console(name).Complete();

    public void Dispose()
    {
        foreach (var console in consoles.Values)
            console.Complete();
        GC.SuppressFinalize(this);
    }

    internal void AddLine(string resourceId, DateTimeOffset? timestamp, string text, bool isError) =>
        Console(resourceId).Add(timestamp ?? time.GetUtcNow(), text, isError);

    /// <summary>The last lines of a process arrive a moment after the news of its end.</summary>
    internal async Task WaitUntilQuietAsync(string resourceId, CancellationToken cancellationToken)
    {
        var console = Console(resourceId);
        var began = time.GetTimestamp();
        int lines;
        do
        {
            lines = console.LastNumber;
            await Task.Delay(Quiet, time, cancellationToken);
        }
        while (console.LastNumber != lines && time.GetElapsedTime(began) < LongestNoise);
    }

    private ResourceConsole Console(string id) => consoles.GetOrAdd(id, _ => new ResourceConsole());

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAllAsync(string[] ids)
    {
        var all = Channel.CreateUnbounded<IReadOnlyList<LogLine>>();
        var readers = Task.WhenAll(ids.Select(async id =>
        {
            await foreach (var lines in WatchAsync(id))
                all.Writer.TryWrite(lines);
        }));
        _ = readers.ContinueWith(done => all.Writer.TryComplete(done.Exception), TaskScheduler.Default);

        await foreach (var lines in all.Reader.ReadAllAsync())
            yield return lines;
    }
}
