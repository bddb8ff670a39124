namespace TenantPlatform.Data.Identity;

/// <summary>A person. Belongs to no tenant: memberships are <see cref="Tenancy.TenantUser"/> rows.</summary>
public sealed class User : ITimestamped
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Always lower case, so that one person cannot sign up twice; unique among users that are not deleted.</summary>
    public required string Email { get; set; }

    public string? Name { get; set; }

    public DateTimeOffset? EmailVerified { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
