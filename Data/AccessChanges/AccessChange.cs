namespace TenantPlatform.Data.AccessChanges;

/// <summary>Whom or what a change of who may do what concerns. What was known of it before must not be used any more.</summary>
public readonly record struct AccessChange
{
    private const char User = 'u';
    private const char Tenant = 't';

    private readonly char kind;
    private readonly Guid id;

    private AccessChange(char kind, Guid id) => (this.kind, this.id) = (kind, id);

    /// <summary>Nothing that was known counts any more.</summary>
    public static AccessChange OfEverything => default;

    public bool IsOfEverything => this == default;

    /// <summary>A person: their sessions, standing, memberships, staff role.</summary>
    public static AccessChange OfUser(Guid userId) => new(User, userId);

    /// <summary>A tenant: its status and names, and what its roles permit.</summary>
    public static AccessChange OfTenant(Guid tenantId) => new(Tenant, tenantId);

    /// <summary>As it is announced; <see cref="Parse"/> reads it.</summary>
    public override string ToString() => IsOfEverything ? "*" : $"{kind}{id:N}";

    /// <summary>What cannot be read, such as a form that a later release announces, is a change of everything.</summary>
    internal static AccessChange Parse(ReadOnlySpan<char> text) =>
        text is [User or Tenant, .. var id] && Guid.TryParseExact(id, "N", out var parsed) ? new AccessChange(text[0], parsed) : OfEverything;
}
