using Microsoft.Extensions.Options;
using Npgsql;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.MigrationWorker.Keys;

/// <summary>The keys whose contexts the database accepts, and for how long. Connections are tp_owner's.</summary>
internal sealed class SigningKeys(IOptions<TenancyOptions> tenancy, ILogger<SigningKeys> logger)
{
    private const string HowToReplace =
        "Make a new one with 'keys generate', set Tenancy:SigningKey of the worker to it, run 'keys rotate', and give it to the API.";

    private readonly SigningKey configured = new(tenancy.Value.SigningKey);

    public string ConfiguredId => configured.Id;

    /// <summary>Makes the configured key one of those that are accepted; the others stay as they are.</summary>
    /// <exception cref="InvalidOperationException">It was revoked or has expired.</exception>
    public async Task InstallAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await InsertAsync(owner, cancellationToken);
        var key = Usable(await ListAsync(owner, cancellationToken));

        if (key.Expires is { } expires)
        {
            logger.LogWarning(
                "The configured signing key {Key} expires at {Expires:u}, because another one has been rotated in: configure that one", key.Id, expires);
        }
    }

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<StoredKey>> ListAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand("""
            select id, created, expires, revoked, case
                when revoked is not null then 'Revoked' when expires is null then 'Valid'
                when expires > statement_timestamp() then 'Expiring' else 'Expired' end
            from tenancy.signing_keys order by created, id
            """, owner);
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var keys = new List<StoredKey>();

        while (await rows.ReadAsync(cancellationToken))
        {
            keys.Add(new StoredKey(
                rows.GetString(0), rows.GetFieldValue<DateTimeOffset>(1), await rows.GetFieldValueAsync<DateTimeOffset?>(2, cancellationToken),
                await rows.GetFieldValueAsync<DateTimeOffset?>(3, cancellationToken), Enum.Parse<KeyState>(rows.GetString(4))));
        }

        return keys;
    }

    /// <summary>Installs the configured key and ends all other live ones after the overlap; one that ends sooner keeps its end.</summary>
    /// <returns>The keys that lose their validity.</returns>
    /// <exception cref="InvalidOperationException">The configured key must not be used any more, or is the only one already.</exception>
    public async Task<IReadOnlyList<StoredKey>> RotateAsync(NpgsqlConnection owner, TimeSpan overlap, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(owner, cancellationToken);
        var isNew = await InsertAsync(owner, cancellationToken);
        var keys = await ListAsync(owner, cancellationToken);
        var next = Usable(keys);
        var former = keys.Where(key => key.IsLive && key.Id != next.Id).Select(key => key.Id).ToHashSet();

        if (former.Count == 0 && !isNew)
        {
            throw new InvalidOperationException($"Nothing to rotate: the configured key {next.Id} is the only one that is accepted. {HowToReplace}");
        }

        await using var expire = new NpgsqlCommand("""
            update tenancy.signing_keys
            set expires = case when id <> $1 then least(coalesce(expires, 'infinity'), statement_timestamp() + $2) end
            where id = $1 or id = any($3)
            """, owner)
        {
            Parameters = { new() { Value = next.Id }, new() { Value = overlap }, new() { Value = former.ToArray() } },
        };
        await expire.ExecuteNonQueryAsync(cancellationToken);
        keys = await ListAsync(owner, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. keys.Where(key => former.Contains(key.Id))];
    }

    /// <summary>From the next statement on, contexts signed with this key are refused.</summary>
    /// <exception cref="InvalidOperationException">There is no such key, or services would be left without one and that is not forced.</exception>
    public async Task RevokeAsync(NpgsqlConnection owner, string id, bool force, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(owner, cancellationToken);
        var keys = await ListAsync(owner, cancellationToken);

        if (keys.All(key => key.Id != id))
        {
            throw new InvalidOperationException($"There is no signing key '{id}'. 'keys list' shows those there are.");
        }

        if (!force && (id == ConfiguredId || !keys.Any(key => key.IsLive && key.Id != id)))
        {
            throw new InvalidOperationException(
                $"Key {id} is the one that services sign with, so all their requests would fail from now on. {HowToReplace} Or repeat this with --force.");
        }

        await using var revoke = new NpgsqlCommand("update tenancy.signing_keys set revoked = coalesce(revoked, statement_timestamp()) where id = $1", owner)
        {
            Parameters = { new() { Value = id } },
        };
        await revoke.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private StoredKey Usable(IReadOnlyList<StoredKey> keys)
    {
        var key = keys.Single(key => key.Id == ConfiguredId);
        return key.IsLive
            ? key
            : throw new InvalidOperationException(key.Revoked is { } revoked
                ? $"The configured signing key {key.Id} was revoked at {revoked:u}. {HowToReplace}"
                : $"The configured signing key {key.Id} has expired at {key.Expires:u}, because another one has been rotated in: configure that one. Is it lost? {HowToReplace}");
    }

    // Writers wait for one another; services that verify contexts do not notice.
    private static async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        var transaction = await owner.BeginTransactionAsync(cancellationToken);
        await using var alone = new NpgsqlCommand("lock table tenancy.signing_keys in share row exclusive mode", owner);
        await alone.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    private async Task<bool> InsertAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand(
            "insert into tenancy.signing_keys (id, inner_pad, outer_pad) values ($1, $2, $3) on conflict (id) do nothing", owner)
        {
            Parameters = { new() { Value = configured.Id }, new() { Value = configured.InnerPad }, new() { Value = configured.OuterPad } },
        };
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
