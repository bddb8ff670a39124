namespace TenantPlatform.Data.Isolation;

/// <summary>
/// A row that belongs to one tenant. Implementing this is all an entity needs to be isolated:
/// <see cref="TenantOwnedConvention"/> derives keys, indexes, foreign keys and the row-level security policy.
/// </summary>
public interface ITenantOwned
{
    Guid TenantId { get; }

    Guid Id { get; }
}
