using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.Data.Tenancy;

/// <summary>Somebody of the platform's own staff: may enter any tenant, one at a time, without being a member.</summary>
public sealed class PlatformUser : ITimestamped, IDecidesAccess
{
    public Guid UserId { get; init; }

    public required string Role { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    AccessChange IDecidesAccess.Change => AccessChange.OfUser(UserId);
}

public static class PlatformRole
{
    public const string Admin = "admin";

    /// <summary>
    /// Key of the advisory lock under which the staff changes, one transaction after the other: there is always an admin.
    /// </summary>
    public const string ChangeLock = "platform staff";

    /// <summary>Looks, and changes nothing.</summary>
    public const string Support = "support";
}
