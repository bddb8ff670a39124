using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TenantPlatform.Bench.Api;

/// <summary>Who is in the database. Made from nothing but its size, so that every database can be filled alike.</summary>
internal sealed record Population(int Tenants, int UsersPerTenant, int TodosPerTenant)
{
    public static Population Small { get; } = new(50, 10, 100);

    public static Population Full { get; } = new(1_000, 10, 500);

    /// <summary>One signed-in user of each tenant: whom the load comes from.</summary>
    public IEnumerable<Seat> Callers => Enumerable.Range(0, Tenants).Select(tenant => SeatOf(tenant, tenant % UsersPerTenant));

    public IEnumerable<Seat> Everybody =>
        from tenant in Enumerable.Range(0, Tenants)
        from user in Enumerable.Range(0, UsersPerTenant)
        select SeatOf(tenant, user);

    public static Guid TenantId(int tenant) => Id($"tenant {tenant}");

    private static Seat SeatOf(int tenant, int user) => new(tenant, user, TenantId(tenant), Id($"user {user} of {tenant}"));

    private static Guid Id(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}

/// <summary>A member of a tenant, with a session.</summary>
internal sealed record Seat(int Tenant, int Number, Guid TenantId, Guid UserId)
{
    /// <summary>Of the form that the API gives out.</summary>
    public string Token => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"token of {UserId}")));

    /// <summary>As the API stores it.</summary>
    public byte[] TokenHash => SHA256.HashData(Encoding.UTF8.GetBytes(Token));
}
