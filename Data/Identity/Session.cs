using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.Data.Identity;

/// <summary>A signed-in browser or program.</summary>
public sealed class Session : ITimestamped, IDecidesAccess
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    /// <summary>SHA-256 of the token; the token itself is known to its holder only.</summary>
    public required byte[] TokenHash { get; init; }

    public DateTimeOffset Expires { get; set; }

    /// <summary>The tenant used last, to open it again at the next sign-in. Decides nothing: every request names its tenant.</summary>
    public Guid? TenantId { get; set; }

    /// <summary>The platform admin who acts as the user in this session.</summary>
    public Guid? ImpersonatedBy { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public User User { get; init; } = null!;

    AccessChange IDecidesAccess.Change => AccessChange.OfUser(UserId);

    bool IDecidesAccess.MattersWhenNew => false;
}
