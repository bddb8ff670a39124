using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using Xunit;

namespace TenantPlatform.Fixtures;

/// <summary>
/// One throw-away server for a test assembly, with one database migrated by the real worker and reached as the API does.
/// Tests make tenants of their own in it and never clean up.
/// </summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private const string DatabaseName = "tenantplatform";

    private AppAccess? app;

    public DatabaseServer Server { get; } = new();

    public string AdminConnectionString => Server.Database(DatabaseName).Admin;

    public string OwnerConnectionString => Server.Database(DatabaseName).Owner;

    public string AppConnectionString => Server.Database(DatabaseName).App;

    public string SigningKey => Server.SigningKey;

    /// <summary>Both contexts as tp_app; for tests without wishes of their own about the connection.</summary>
    public AppAccess App => app ?? throw new InvalidOperationException("The fixture has not been started.");

    public TenancyDb<PlatformDbContext> Platform => App.Platform;

    public TenancyDb<TenantDbContext> Tenants => App.Tenants;

    public TenantContextSigner Signer => App.Signer;

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        await Server.MigrateAsync(await Server.CreateDatabaseAsync(DatabaseName, CancellationToken.None), CancellationToken.None);
        app = new AppAccess(AppConnectionString, SigningKey);
        await RequireUnprivilegedAsync(app.DataSource);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();

        await Server.DisposeAsync();
    }

    /// <summary>A further database on the same server, not migrated.</summary>
    public Task<TestDatabase> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        Server.CreateDatabaseAsync(name, cancellationToken);

    public Task<TestTenant> CreateTenantAsync(CancellationToken cancellationToken = default) => App.CreateTenantAsync(cancellationToken);

    // As a superuser or owner every isolation test would pass for nothing.
    private static async Task RequireUnprivilegedAsync(NpgsqlDataSource app)
    {
        await using var query = app.CreateCommand("""
            select rolname = 'tp_app' and not rolsuper and not rolbypassrls and not pg_has_role(oid, 'tp_owner', 'member')
               and not exists (select from pg_class where relowner = r.oid)
            from pg_roles r where rolname = current_user
            """);

        if (await query.ExecuteScalarAsync() is not true)
            throw new InvalidOperationException("The tests' connection could bypass row-level security, so they would prove nothing.");
    }
}
