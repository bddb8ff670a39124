namespace TenantPlatform.Data.Identity;

/// <summary>A signed-in browser or program.</summary>
public sealed class Session : ITimestamped
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    /// <summary>SHA-256 of the token; the token itself is known to its holder only.</summary>
    public required byte[] TokenHash { get; init; }

    public DateTimeOffset Expires { get; set; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public User User { get; init; } = null!;
}
