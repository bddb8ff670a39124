namespace TenantPlatform.Data.Access;

/// <summary>
/// One entry of the catalogue that people choose from when they make a role: module and action, as in todos:read. The worker keeps
/// the rows as its reference data says; nobody else writes them.
/// </summary>
public sealed class PermissionEntry : ITimestamped
{
    public required string Key { get; init; }

    public required string Description { get; set; }

    public required string Module { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
