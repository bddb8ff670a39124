namespace TenantPlatform.Data.Identity;

/// <summary>One way in which a user proves who they are: a password of ours, or an identity at another provider.</summary>
public sealed class Account : ITimestamped
{
    /// <summary>The provider of accounts whose password we keep.</summary>
    public const string Credential = "credential";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    public required string ProviderId { get; init; }

    /// <summary>The user's id at the provider; for <see cref="Credential"/> our own user id. Unique per provider among accounts that are not deleted.</summary>
    public required string AccountId { get; init; }

    /// <summary>Salted hash by ASP.NET Core Identity's PasswordHasher; null for other providers.</summary>
    public string? Password { get; set; }

    /// <summary>As the API gives it: encrypt provider tokens (Data Protection) before they come here.</summary>
    public string? AccessToken { get; set; }

    public DateTimeOffset? AccessTokenExpires { get; set; }

    public string? RefreshToken { get; set; }

    public DateTimeOffset? RefreshTokenExpires { get; set; }

    public string? IdToken { get; set; }

    /// <summary>What the provider lets us do, as it spells it.</summary>
    public string? Scope { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public User User { get; init; } = null!;
}
