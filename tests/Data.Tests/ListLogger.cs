using Microsoft.Extensions.Logging;

namespace TenantPlatform.Data.Tests;

/// <summary>Keeps what was logged, each entry as "Level: message".</summary>
internal class ListLogger(List<string> entries) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (entries)
            entries.Add($"{logLevel}: {formatter(state, exception)}");
    }
}

internal sealed class ListLogger<T>(List<string> entries) : ListLogger(entries), ILogger<T>;

internal sealed class ListLoggerProvider(List<string> entries) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new ListLogger(entries);

    public void Dispose()
    {
    }
}
