namespace TenantPlatform.Data.Identity;

/// <summary>A one-time proof that was sent to somebody: of an address, or for a forgotten password. Soft-deleted once used.</summary>
public sealed class Verification : ITimestamped
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What is proven, purpose first, for example "email:ann@example.org".</summary>
    public required string Identifier { get; init; }

    /// <summary>SHA-256 of the value that was sent.</summary>
    public required byte[] ValueHash { get; init; }

    public DateTimeOffset Expires { get; init; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
