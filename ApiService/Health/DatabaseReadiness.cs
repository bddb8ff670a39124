using System.Collections.Concurrent;
using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.ApiService.Health;

/// <summary>Whether the database is safe to serve from: new enough, migrated, of one time and signing key with us, and isolating tenants.</summary>
internal sealed class DatabaseReadiness(
    NpgsqlDataSource dataSource, TenantContextSigner signer, ClockSkew clocks, TimeProvider time, ILogger<DatabaseReadiness> logger)
{
    // The catalog is asked this often at most, however often strangers ask for /health; that the database answers is asked each time.
    private static readonly TimeSpan ProofLifetime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, bool> warned = [];

    private DateTimeOffset provenUntil;

    /// <exception cref="InvalidOperationException">It is not; the message says why and what to do.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await clocks.RequireAsync(connection, cancellationToken);
        await RequireContextAsync(connection, cancellationToken);

        if (time.GetUtcNow() < provenUntil)
        {
            return;
        }

        await RequirePostureAsync(connection, cancellationToken);
        provenUntil = time.GetUtcNow() + ProofLifetime;
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

    private async Task RequirePostureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var findings = await PostureCheck.RunForServiceAsync(connection, cancellationToken);
        var errors = findings.Where(finding => finding.Severity is PostureSeverity.Error).ToList();

        // Once each, not with every question for /health.
        foreach (var finding in findings.Except(errors).Where(finding => warned.TryAdd(finding.ToString(), true)))
        {
            logger.LogWarning("Isolation could be stronger: {Finding}", finding);
        }

        if (errors.Count > 0)
        {
            throw new InvalidOperationException("The database does not isolate tenants:\n" + string.Join('\n', errors));
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
