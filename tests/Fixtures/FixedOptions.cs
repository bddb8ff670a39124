using Microsoft.Extensions.Options;

namespace TenantPlatform.Fixtures;

/// <summary>Options that never change, without a configuration behind them.</summary>
public sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
