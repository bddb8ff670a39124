using System.Globalization;
using Npgsql;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Worker;

/// <summary>A tenant of the benchmark.</summary>
internal sealed record BenchTenant(Guid Id, string Key, Guid OwnerId)
{
    public string Schema => $"tenant_{Key}";
}

internal static class Tenants
{
    /// <summary>New tenants, each with an owner, as the API would have made them.</summary>
    public static async Task<IReadOnlyList<BenchTenant>> AddAsync(
        BenchDatabase database, string prefix, int count, bool dedicated, CancellationToken cancellationToken)
    {
        var tenants = Enumerable.Range(0, count).Select(number => new BenchTenant(
            Guid.CreateVersion7(), prefix + number.ToString("D10", CultureInfo.InvariantCulture), Guid.CreateVersion7())).ToList();
        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        await using var insert = new NpgsqlCommand(
            """
            with new as (select * from unnest($1::uuid[], $2::text[], $3::uuid[]) t (id, key, owner)),
            people as (insert into platform.users (id, email) select owner, key || '@example.org' from new),
            tenants as (
                insert into platform.tenants (id, key, slug, name, placement, status)
                select id, key, key, 'Tenant ' || key, $4, $5 from new)
            insert into platform.tenant_users (tenant_id, user_id, roles) select id, owner, array['owner'] from new
            """, owner)
        {
            Parameters =
            {
                new() { Value = tenants.Select(tenant => tenant.Id).ToArray() },
                new() { Value = tenants.Select(tenant => tenant.Key).ToArray() },
                new() { Value = tenants.Select(tenant => tenant.OwnerId).ToArray() },
                new() { Value = dedicated ? "dedicated" : "pooled" },
                new() { Value = dedicated ? "provisioning" : "active" },
            },
        };
        await insert.ExecuteNonQueryAsync(cancellationToken);
        return tenants;
    }

    public static async Task<NpgsqlConnection> OpenOwnerAsync(this BenchDatabase database, CancellationToken cancellationToken)
    {
        var owner = new NpgsqlConnection(database.Owner);
        await owner.OpenAsync(cancellationToken);
        return owner;
    }

    public static async Task ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<T> ScalarAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
