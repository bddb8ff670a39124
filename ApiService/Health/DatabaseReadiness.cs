using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Health;

/// <summary>Whether the database is safe to serve from: new enough, migrated, of one time and signing key with us, and isolating tenants.</summary>
internal sealed class DatabaseReadiness(NpgsqlDataSource dataSource, TenantContextSigner signer, ClockSkew clocks, DatabasePosture posture)
{
    /// <exception cref="InvalidOperationException">It is not; the message says why and what to do.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await clocks.RequireAsync(connection, cancellationToken);
        await RequireContextAsync(connection, cancellationToken);
        await posture.RequireAsync(connection, cancellationToken);
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await dataSource.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new InvalidOperationException(
                $"The database cannot be reached ({e.Message}): start it, or correct ConnectionStrings:{DataExtensions.ConnectionName}.", e);
        }
    }

    private async Task RequireContextAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var enter = new NpgsqlCommand("call tenancy.enter($1)", connection)
            {
                Parameters = { new() { Value = signer.Sign(TenantContext.ForAuthentication) } },
            };
            await enter.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedFunction)
        {
            throw new InvalidOperationException(
                $"The database does not accept our tenant context ({e.MessageText}): {e.Hint ?? "run the migration worker, with the same Tenancy:SigningKey."}", e);
        }
    }
}
