using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.Data.Tenancy;

/// <summary>Somebody of the platform's staff inside a tenant whose member they are not, for a time and a reason.</summary>
public sealed class TenantEntry : ITimestamped, IDecidesAccess
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    public Guid TenantId { get; init; }

    /// <summary>The entry ends with the session in which it was made. No foreign key: it outlives the session's row as evidence.</summary>
    public Guid SessionId { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset Expires { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    /// <summary>Set when the person leaves early.</summary>
    public DateTimeOffset? Deleted { get; set; }

    AccessChange IDecidesAccess.Change => AccessChange.OfUser(UserId);
}
