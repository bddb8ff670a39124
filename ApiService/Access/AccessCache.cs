using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.ApiService.Access;

/// <summary>
/// What this process remembers of who may do what. Only what was found is remembered, so a new session or membership counts at
/// once; what has changed since it was read is read again, see <see cref="AccessChangeClock"/>.
/// </summary>
internal sealed class AccessCache(IOptions<AccessCacheOptions> options, AccessChangeClock changes, TimeProvider time) : IDisposable
{
    private readonly MemoryCache entries = new(new MemoryCacheOptions { SizeLimit = options.Value.MaximumEntries });
    private readonly TimeSpan lifetime = TimeSpan.FromSeconds(options.Value.LifetimeSeconds);
    private readonly TimeSpan deafLifetime = TimeSpan.FromSeconds(Math.Min(options.Value.LifetimeSeconds, options.Value.DeafLifetimeSeconds));
    private volatile bool hears;

    public int Count => entries.Count;

    /// <summary>Whether announcements reach this process. Either way they may just have been missed, so everything is forgotten.</summary>
    public bool Hears
    {
        get => hears;
        set
        {
            hears = value;
            changes.Apply(AccessChange.OfEverything);
        }
    }

    /// <param name="key">Equal by value, and of a type that nobody else uses.</param>
    /// <param name="load">Null is not remembered.</param>
    public async ValueTask<T?> GetAsync<T>(object key, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
        where T : class, IRemembered
    {
        if (entries.TryGetValue(key, out Entry? entry) && IsCurrent(entry!))
        {
            return (T)entry!.Value;
        }

        // Noted before the value is read: a change that is announced meanwhile outdates it.
        var (read, expires) = (changes.Now, time.GetUtcNow() + (hears ? lifetime : deafLifetime));
        var value = await load(cancellationToken);

        if (value is not null)
        {
            Remember(key, new Entry(value, read, value.Ends is { } ends && ends < expires ? ends : expires));
        }

        return value;
    }

    public void Dispose() => entries.Dispose();

    private bool IsCurrent(Entry entry)
    {
        if (entry.Expires <= time.GetUtcNow())
        {
            return false;
        }

        foreach (var subject in entry.Value.Subjects)
        {
            if (changes.HasChanged(subject, entry.Read))
            {
                return false;
            }
        }

        return true;
    }

    private void Remember(object key, Entry entry)
    {
        if (entry.Expires - time.GetUtcNow() is { Ticks: > 0 } remaining)
        {
            entries.Set(key, entry, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = remaining });
        }
    }

    private sealed record Entry(IRemembered Value, long Read, DateTimeOffset Expires);
}

internal interface IRemembered
{
    /// <summary>Whose changes make the value worthless.</summary>
    IReadOnlyList<AccessChange> Subjects { get; }

    /// <summary>When the value ends by itself, if it does.</summary>
    DateTimeOffset? Ends => null;
}
