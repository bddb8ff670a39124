using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.LeakLab.Http;

/// <summary>Somebody with a live session.</summary>
internal sealed record Actor(Guid UserId, string Email, string Token)
{
    public const string Password = "correct horse battery staple";

    public Guid SessionId { get; } = Guid.CreateVersion7();

    public static Actor Create(string marker) =>
        new(Guid.CreateVersion7(), $"{marker}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}@example.org", NewToken());

    /// <summary>As messages carry it: what it is about travels in it.</summary>
    public static string NewToken(Guid subject) => $"{NewToken()}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(subject.ToString()))}";

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static string Bearer(string token) => $"Bearer {token}";
}

/// <summary>A tenant with people in every state of membership and rows of every kind, all of them marked.</summary>
internal sealed record Party
{
    public Guid TenantId { get; } = Guid.CreateVersion7();

    /// <summary>Of the same owner, so that the list of their tenants has a second page.</summary>
    public Guid SecondTenantId { get; } = Guid.CreateVersion7();

    public string Key { get; } = TenantKey.Generate();

    /// <summary>Begins every text of the party's rows, so that a search for it would find them.</summary>
    public string Marker { get; } = "m" + RandomNumberGenerator.GetHexString(15, lowercase: true);

    /// <summary>Ends every text of the party's rows: the attacker never sends it.</summary>
    public string Secret { get; } = "s" + RandomNumberGenerator.GetHexString(15, lowercase: true);

    /// <summary>Of every versioned row, and so the ETag.</summary>
    public required int Version { get; init; }

    public required Actor Owner { get; init; }

    public required Actor Member { get; init; }

    public required Actor Removed { get; init; }

    public required Actor Suspended { get; init; }

    /// <summary>A member whose one role permits nothing.</summary>
    public required Actor Powerless { get; init; }

    /// <summary>No member, but with an invitation to become one.</summary>
    public required Actor Invited { get; init; }

    public string InvitationToken { get; } = Actor.NewToken();

    /// <summary>Somebody of the platform's staff, and no member.</summary>
    public Actor Support { get; } = Actor.Create("support");

    public string ExpiredToken { get; } = Actor.NewToken();

    public string SignedOutToken { get; } = Actor.NewToken();

    /// <summary>Ids of its rows by the collection under which paths name them.</summary>
    public Dictionary<string, string[]> Rows { get; } = [];

    /// <summary>One-time tokens that were sent to its people, by the operation that takes them.</summary>
    public Dictionary<string, string> Tokens { get; } = [];

    public string Slug => $"tenant-{Key}";

    public string Mark(string what) => $"{Marker} {what} {Secret}";

    public IReadOnlyList<Actor> Everybody => [Owner, Member, Removed, Suspended, Powerless, Invited];

    public static Party Create(int version)
    {
        var people = "u" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        return new Party
        {
            Version = version,
            Owner = Actor.Create(people),
            Member = Actor.Create(people),
            Removed = Actor.Create(people),
            Suspended = Actor.Create(people),
            Powerless = Actor.Create(people),
            Invited = Actor.Create(people),
        };
    }
}

/// <summary>Fresh for every cell: what one attack breaks, no other sees.</summary>
/// <param name="Staff">An admin of the platform.</param>
internal sealed record Scene(Party Attacker, Party Victim, Actor Staff);
