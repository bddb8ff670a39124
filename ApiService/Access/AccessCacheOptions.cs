using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.ApiService.Access;

internal sealed class AccessCacheOptions
{
    public const string Section = "AccessCache";

    /// <summary>Sessions, memberships and sets of roles that one process remembers; each takes about half a kilobyte.</summary>
    [Range(1, 10_000_000)]
    public int MaximumEntries { get; set; } = 100_000;

    /// <summary>For how long at most, should the announcement of a change get lost; 0 remembers nothing.</summary>
    [Range(0, 300)]
    public double LifetimeSeconds { get; set; } = 10;

    /// <summary>The same while announcements do not reach this process.</summary>
    [Range(0, 60)]
    public double DeafLifetimeSeconds { get; set; } = 1;

    /// <summary>False where no connection of its own can be had, as behind a transaction pooler: <see cref="DeafLifetimeSeconds"/> holds then.</summary>
    public bool Listen { get; set; } = true;
}
