using System.Security.Cryptography;
using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.MigrationWorker.Keys;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>keys: the life of the keys that sign tenant contexts.</summary>
internal static class KeysVerbs
{
    private const int SecretLength = 64;
    private const string SecretCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private delegate Task<string> Verb(SigningKeys keys, NpgsqlConnection owner, CancellationToken cancellationToken);

    public static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        ["list"] => RunAsync((keys, owner, cancellationToken) => ListAsync(keys, owner, KeyReport.ToTable, cancellationToken)),
        ["list", "--json"] => RunAsync((keys, owner, cancellationToken) => ListAsync(keys, owner, KeyReport.ToJson, cancellationToken)),
        ["generate"] => Task.FromResult(Generate()),
        ["rotate"] => RunAsync((keys, owner, cancellationToken) => RotateAsync(keys, owner, Overlap.Default, cancellationToken)),
        ["rotate", "--overlap", var text] when Overlap.Parse(text) is { } overlap =>
            RunAsync((keys, owner, cancellationToken) => RotateAsync(keys, owner, overlap, cancellationToken)),
        ["revoke", var id] => RunAsync((keys, owner, cancellationToken) => RevokeAsync(keys, owner, id, force: false, cancellationToken)),
        ["revoke", var id, "--force"] => RunAsync((keys, owner, cancellationToken) => RevokeAsync(keys, owner, id, force: true, cancellationToken)),
        _ => Task.FromResult(Usage.Refuse(["keys", .. arguments])),
    };

    private static Task<int> RunAsync(Verb verb) => Worker.RunAsync(["--Logging:LogLevel:Default=Warning"], async (services, cancellationToken) =>
    {
        await using var owner = new NpgsqlConnection(services.GetRequiredService<Roles>().OwnerConnectionString());
        await owner.OpenAsync(cancellationToken);
        try
        {
            Console.WriteLine((await verb(services.GetRequiredService<SigningKeys>(), owner, cancellationToken)).TrimEnd());
            return 0;
        }
        catch (PostgresException e) when (e.SqlState
            is PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            await Console.Error.WriteLineAsync($"This database has no signing keys yet that could be managed ({e.MessageText}): run the worker without a verb first.");
            return 1;
        }
        catch (InvalidOperationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    });

    // The secret alone goes to standard output, so that it can be piped into a vault without being seen.
    private static int Generate()
    {
        var secret = RandomNumberGenerator.GetString(SecretCharacters, SecretLength);
        Console.WriteLine(secret);
        Console.Error.WriteLine($"'keys list' will show it as {new SigningKey(secret).Id}.");
        return 0;
    }

    private static async Task<string> ListAsync(
        SigningKeys keys, NpgsqlConnection owner, Func<IReadOnlyList<StoredKey>, string, string> render, CancellationToken cancellationToken) =>
        render(await SigningKeys.ListAsync(owner, cancellationToken), keys.ConfiguredId);

    private static async Task<string> RotateAsync(SigningKeys keys, NpgsqlConnection owner, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var former = await keys.RotateAsync(owner, overlap, cancellationToken);
        var ends = former.Select(key => key.IsLive
            ? $"Key {key.Id} is accepted until {key.Expires:u}; from then on the database refuses its contexts (42501)."
            : $"Key {key.Id} is refused from now on (42501).");
        return string.Join('\n', [
            $"Key {keys.ConfiguredId} is installed and does not expire.",
            .. ends,
            "Give every API replica this Tenancy:SigningKey before that: a mounted secret or settings file is taken over while it runs, else restart one by one.",
            "A replica that still signs with a former key afterwards turns unhealthy and says so in its log; its requests fail until it has the new one.",
        ]);
    }

    private static async Task<string> RevokeAsync(SigningKeys keys, NpgsqlConnection owner, string id, bool force, CancellationToken cancellationToken)
    {
        await keys.RevokeAsync(owner, id, force, cancellationToken);
        return $"Key {id} is revoked: from the next statement on, contexts signed with it are refused (42501).";
    }
}
