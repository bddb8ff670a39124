using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.Data.Identity;

/// <summary>A person. Belongs to no tenant: memberships are <see cref="Tenancy.TenantUser"/> rows.</summary>
public sealed class User : ITimestamped, IDecidesAccess
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Always lower case, so that one person cannot sign up twice; unique among users that are not deleted.</summary>
    public required string Email { get; set; }

    public DateTimeOffset? EmailVerified { get; set; }

    public string? Name { get; set; }

    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }

    /// <summary>Address of a picture, http or https.</summary>
    public string? Picture { get; set; }

    /// <summary>BCP 47, for example "en" or "pt-BR".</summary>
    public string Language { get; set; } = "en";

    public UserPreferences Preferences { get; set; } = new();

    /// <summary>The subject at the identity provider whose tokens the API accepts.</summary>
    public string? ExternalId { get; set; }

    public string Status { get; set; } = UserStatus.Active;

    public bool Banned { get; set; }

    public string? BanReason { get; set; }

    /// <summary>Null for a ban without end.</summary>
    public DateTimeOffset? BanExpires { get; set; }

    /// <summary>SHA-256 of the token by which an invited person claims this user.</summary>
    public byte[]? InviteTokenHash { get; set; }

    public DateTimeOffset? InviteExpires { get; set; }

    public bool OnboardingCompleted { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    AccessChange IDecidesAccess.Change => AccessChange.OfUser(Id);

    bool IDecidesAccess.MattersWhenNew => false;
}

public static class UserStatus
{
    /// <summary>Made by somebody else and not yet claimed.</summary>
    public const string Invited = "invited";

    public const string Active = "active";
    public const string Suspended = "suspended";
}
