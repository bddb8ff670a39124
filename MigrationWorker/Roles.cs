using Microsoft.Extensions.Options;
using Npgsql;

namespace TenantPlatform.MigrationWorker;

/// <summary>Creates tp_owner and tp_app and keeps their passwords those of the configuration.</summary>
internal sealed class Roles(ServerAdministration server, IOptions<WorkerOptions> options)
{
    public const string Owner = "tp_owner";
    public const string App = "tp_app";

    public string OwnerConnectionString(string? searchPath = null) => server.ConnectionStringFor(Owner, options.Value.OwnerPassword, searchPath);

    /// <summary>An open connection to the application's database, which must exist.</summary>
    public async Task<NpgsqlConnection> OpenOwnerAsync(CancellationToken cancellationToken)
    {
        var owner = new NpgsqlConnection(OwnerConnectionString());
        try
        {
            await owner.OpenAsync(cancellationToken);
            return owner;
        }
        catch
        {
            await owner.DisposeAsync();
            throw;
        }
    }

    public async Task ApplyAsync(NpgsqlConnection admin, CancellationToken cancellationToken)
    {
        await SqlScript.RunAsync(admin, "010-roles", cancellationToken);
        await SqlScript.RunAsync(admin, "015-side-channels", cancellationToken);
        await KeepPasswordAsync(admin, Owner, options.Value.OwnerPassword, cancellationToken);
        await KeepPasswordAsync(admin, App, options.Value.AppPassword, cancellationToken);
    }

    // Tried before it is set: setting it would write a new salt on every start.
    private async Task KeepPasswordAsync(NpgsqlConnection admin, string role, string password, CancellationToken cancellationToken)
    {
        if (await CanLogInAsync(role, password, cancellationToken))
        {
            return;
        }

        await using var quote = new NpgsqlCommand("select format('alter role %I password %L', $1, $2)", admin)
        {
            Parameters = { new() { Value = role }, new() { Value = password } },
        };
        await using var alter = new NpgsqlCommand((string)(await quote.ExecuteScalarAsync(cancellationToken))!, admin);
        await alter.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<bool> CanLogInAsync(string role, string password, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionStringFor(role, password));
        try
        {
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            return false;
        }
    }
}
