using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>How far a database is, asked without changing it.</summary>
/// <param name="Owner">Open, as tp_owner; null where this release's ledger is not there yet.</param>
/// <param name="Platform">Migrations of the control plane that are to come.</param>
/// <param name="Pooled">Those of the pooled tenant plane.</param>
internal sealed record Installation(NpgsqlConnection? Owner, IReadOnlyList<string> Platform, IReadOnlyList<string> Pooled) : IAsyncDisposable
{
    public static async Task<Installation> ReadAsync(Roles roles, CancellationToken cancellationToken)
    {
        await using var platform = Migrator.PlatformDb(roles.OwnerConnectionString());
        await using var tenant = Migrator.TenantDb(roles.OwnerConnectionString(TenantDbContext.PooledSchema));
        NpgsqlConnection? owner = null;
        try
        {
            owner = await roles.OpenOwnerAsync(cancellationToken);
            var pending = await platform.Database.GetPendingMigrationsAsync(cancellationToken);
            var installation = new Installation(
                owner, [.. pending], [.. await tenant.Database.GetPendingMigrationsAsync(cancellationToken)]);
            return installation.Platform.Count == 0 ? installation : await installation.WithoutLedgerAsync();
        }
        catch (PostgresException e) when (e.SqlState
            is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
            && owner is null)
        {
            // No such database, or no such role yet: the worker makes both.
            return new(null, [.. platform.Database.GetMigrations()], [.. tenant.Database.GetMigrations()]);
        }
    }

    public ValueTask DisposeAsync() => Owner?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<Installation> WithoutLedgerAsync()
    {
        await DisposeAsync();
        return this with { Owner = null };
    }
}
