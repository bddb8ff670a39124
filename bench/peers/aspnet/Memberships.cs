using System.Collections.Concurrent;
using Npgsql;

namespace TenantPlatform.AspNetPeer;

/// <summary>Who the holder of a token is in a tenant: asked of the database each time, or remembered for some seconds.</summary>
internal sealed class Memberships(NpgsqlDataSource dataSource, bool isCached)
{
    private const long LifetimeMilliseconds = 10_000;
    private const int MaximumEntries = 100_000;

    private const string Query = """
        select m.tenant_id, s.user_id
        from platform.sessions s
        join platform.users u on u.id = s.user_id
        join platform.tenant_users m on m.user_id = s.user_id
        join platform.tenants t on t.id = m.tenant_id
        where s.token_hash = $1 and s.expires > now() and s.deleted is null
          and u.status = 'active' and not u.banned and u.deleted is null
          and m.tenant_id = $2 and m.status = 'active' and m.deleted is null
          and t.status = 'active' and t.deleted is null
        """;

    private readonly ConcurrentDictionary<(UInt128 High, UInt128 Low, Guid Tenant), (Membership Member, long Until)> known = [];

    public ValueTask<Membership?> FindAsync(byte[] tokenHash, Guid tenantId, CancellationToken cancellationToken)
    {
        var key = (BitConverter.ToUInt128(tokenHash), BitConverter.ToUInt128(tokenHash, 16), tenantId);
        return isCached && known.TryGetValue(key, out var entry) && entry.Until > Environment.TickCount64
            ? ValueTask.FromResult<Membership?>(entry.Member)
            : ReadAsync(tokenHash, key, cancellationToken);
    }

    private async ValueTask<Membership?> ReadAsync(byte[] tokenHash, (UInt128, UInt128, Guid Tenant) key, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Query, connection)
        {
            Parameters = { new NpgsqlParameter<byte[]> { TypedValue = tokenHash }, new NpgsqlParameter<Guid> { TypedValue = key.Tenant } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var member = new Membership(reader.GetGuid(0), reader.GetGuid(1));

        if (isCached)
        {
            if (known.Count >= MaximumEntries)
            {
                known.Clear();
            }

            known[key] = (member, Environment.TickCount64 + LifetimeMilliseconds);
        }

        return member;
    }
}
