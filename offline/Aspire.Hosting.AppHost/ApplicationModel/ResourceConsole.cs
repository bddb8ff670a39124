using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last lines of one resource instance, and those who follow them.</summary>
internal sealed class ResourceConsole
{
    private const int Capacity = 10_000;
    private const string TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffffffK";

    private readonly Lock gate = new();
    private readonly Queue<LogLine> lines = new();
    private readonly List<ChannelWriter<LogLine>> watchers = [];

    public int LastNumber { get; private set; }

    public void Add(DateTimeOffset timestamp, string text, bool isError)
    {
        var content = timestamp.UtcDateTime.ToString(TimestampFormat, CultureInfo.InvariantCulture) + " " + text;
        lock (gate)
        {
            var line = new LogLine(++LastNumber, content, isError);
            if (lines.Count == Capacity)
                lines.Dequeue();
            lines.Enqueue(line);
            foreach (var watcher in watchers)
                watcher.TryWrite(line);
        }
    }

    public IReadOnlyList<LogLine> Lines()
    {
        lock (gate)
            return [.. lines];
    }

    public void Complete()
    {
        lock (gate)
        {
            foreach (var watcher in watchers)
                watcher.TryComplete();
            watchers.Clear();
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        lock (gate)
        {
            foreach (var line in lines)
                channel.Writer.TryWrite(line);
            watchers.Add(channel.Writer);
        }

        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            lock (gate)
                watchers.Remove(channel.Writer);
        }
    }
}

internal sealed class ResourceLogger(ResourceConsole[] consoles, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var message = formatter(state, exception);
        var text = exception is null ? message : $"{message}\n{exception}";
        foreach (var console in consoles)
            console.Add(time.GetUtcNow(), text, logLevel >= LogLevel.Error);
    }
}
