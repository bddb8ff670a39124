using Microsoft.Extensions.Options;
using TenantPlatform.ApiService.Access;
using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.ApiService.Tests.Access;

public sealed class AccessCacheTests : IDisposable
{
    private static readonly Guid User = Guid.NewGuid();

    private readonly AccessChangeClock changes = new();
    private readonly ManualTime time = new();
    private readonly AccessCache cache;
    private int loads;

    public AccessCacheTests() => cache = NewCache(new AccessCacheOptions());

    public void Dispose() => cache.Dispose();

    [Fact]
    public async Task What_is_known_is_not_read_again()
    {
        await GetAsync();
        await GetAsync();

        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task What_was_not_found_is_asked_for_again()
    {
        await cache.GetAsync<Fact>("key", _ => Task.FromResult<Fact?>(null), Cancel);
        await GetAsync();

        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task A_change_of_its_subject_outdates_it_and_others_do_not()
    {
        await GetAsync();
        changes.Apply(AccessChange.OfUser(Guid.NewGuid()), AccessChange.OfTenant(User));
        await GetAsync();
        Assert.Equal(1, loads);

        changes.Apply(AccessChange.OfUser(User));
        await GetAsync();
        Assert.Equal(2, loads);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_is_announced_while_the_value_is_read_outdates_it(bool ofEverything)
    {
        await GetAsync(whileLoading: () => changes.Apply(ofEverything ? AccessChange.OfEverything : AccessChange.OfUser(User)));
        await GetAsync();

        Assert.Equal(2, loads);
    }

    [Fact]
    public async Task Without_announcements_it_is_known_for_a_second_and_with_them_for_ten()
    {
        await GetAsync();
        time.Pass(TimeSpan.FromSeconds(1));
        await GetAsync();
        Assert.Equal(2, loads);

        cache.Hears = true;
        await GetAsync();
        time.Pass(TimeSpan.FromSeconds(9.9));
        await GetAsync();
        Assert.Equal(3, loads);

        time.Pass(TimeSpan.FromSeconds(0.1));
        await GetAsync();
        Assert.Equal(4, loads);
    }

    [Fact]
    public async Task Everything_is_forgotten_when_announcements_may_have_been_missed()
    {
        cache.Hears = true;
        await GetAsync();
        cache.Hears = false;
        await GetAsync();
        cache.Hears = true;
        await GetAsync();

        Assert.Equal(3, loads);
    }

    [Fact]
    public async Task It_is_never_known_beyond_its_end()
    {
        cache.Hears = true;
        await GetAsync(ends: time.GetUtcNow().AddSeconds(3));
        time.Pass(TimeSpan.FromSeconds(3));
        await GetAsync();

        Assert.Equal(2, loads);
    }

    [Fact]
    public async Task A_lifetime_of_nothing_remembers_nothing()
    {
        using var forgetful = NewCache(new AccessCacheOptions { LifetimeSeconds = 0 });
        forgetful.Hears = true;

        await forgetful.GetAsync("key", Load, Cancel);
        await forgetful.GetAsync("key", Load, Cancel);

        Assert.Equal((2, 0), (loads, forgetful.Count));
    }

    [Fact]
    public async Task It_holds_no_more_than_it_is_told_and_makes_room_for_what_is_new()
    {
        using var small = NewCache(new AccessCacheOptions { MaximumEntries = 100 });

        for (var key = 0; key < 10_000 || !await IsKnownAsync(small, $"new {key}"); key++)
        {
            await small.GetAsync(key, Load, Cancel);
            Assert.InRange(small.Count, 0, 100);
            Assert.True(key < 100_000, "Nothing new is remembered once the cache is full.");
        }
    }

    private AccessCache NewCache(AccessCacheOptions options) => new(Options.Create(options), changes, time);

    private async Task<bool> IsKnownAsync(AccessCache cache, string key)
    {
        await cache.GetAsync(key, Load, Cancel);
        var before = loads;
        await cache.GetAsync(key, Load, Cancel);
        return loads == before;
    }

    private Task<Fact?> Load(CancellationToken cancellationToken)
    {
        loads++;
        return Task.FromResult<Fact?>(new Fact(null));
    }

    private ValueTask<Fact?> GetAsync(DateTimeOffset? ends = null, Action? whileLoading = null) => cache.GetAsync<Fact>(
        "key",
        _ =>
        {
            loads++;
            whileLoading?.Invoke();
            return Task.FromResult<Fact?>(new Fact(ends));
        },
        Cancel);

    private sealed record Fact(DateTimeOffset? Ends) : IRemembered
    {
        public IReadOnlyList<AccessChange> Subjects { get; } = [AccessChange.OfUser(User)];
    }

    private sealed class ManualTime : TimeProvider
    {
        private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public void Pass(TimeSpan duration) => now += duration;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
