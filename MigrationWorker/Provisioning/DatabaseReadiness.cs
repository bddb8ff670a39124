using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Provisioning;

/// <summary>Schemas are built after the likeness of pooled, so pooled must be what this build expects, and stay so meanwhile.</summary>
internal sealed class DatabaseReadiness
{
    private readonly TenantPlaneSteps steps;
    private readonly string latestPlatform;

    public DatabaseReadiness(TenantPlaneSteps steps)
    {
        using var platform = Migrator.PlatformDb("Host=localhost");
        (this.steps, latestPlatform) = (steps, platform.Database.GetMigrations().Last());
    }

    /// <summary>Until the transaction ends, no worker migrates the control plane and pooled.</summary>
    /// <exception cref="DatabaseNotReadyException">One does, or none has yet.</exception>
    public async Task RequireAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        if (!await WorkerLock.TryShareAsync(owner, cancellationToken))
        {
            throw new DatabaseNotReadyException("Another worker is migrating the database at this moment: tenants get their schemas after that.");
        }

        Require(await ReadAsync(owner, "platform", cancellationToken), latestPlatform);
        Require(await ReadAsync(owner, "pooled", cancellationToken), steps.Latest);
    }

    private static void Require(string? applied, string expected)
    {
        if (applied == expected)
        {
            return;
        }

        throw new DatabaseNotReadyException(applied is null
            ? "The database has not been migrated yet: run the worker without a verb first."
            : string.CompareOrdinal(applied, expected) < 0
                ? $"The database is migrated up to {applied}, and this build expects {expected}: run its worker without a verb first."
                : $"The database is migrated up to {applied}, which this build does not know (its last is {expected}): use the build that migrated it.");
    }

    private static async Task<string?> ReadAsync(NpgsqlConnection owner, string schema, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand($"select max(\"MigrationId\") from {schema}.migrations_history", owner);
        try
        {
            return await query.ExecuteScalarAsync(cancellationToken) as string;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return null;
        }
    }
}

/// <summary>Says in a sentence why no schemas can be built now. It passes by itself, or when the worker has run.</summary>
internal sealed class DatabaseNotReadyException(string message) : Exception(message);
