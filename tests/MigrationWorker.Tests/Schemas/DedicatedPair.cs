using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Schemas;

/// <summary>Two tenants with schemas of their own and one without, in a database that no test changes for good.</summary>
public sealed class DedicatedPair : IAsyncLifetime
{
    internal DatabaseFixture Database { get; } = new();

    internal DedicatedTenant Victim { get; private set; } = null!;

    internal DedicatedTenant Attacker { get; private set; } = null!;

    internal TestTenant Pooled { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        (Victim, Attacker) = (await DedicatedTenant.CreateAsync(Database), await DedicatedTenant.CreateAsync(Database));
        Pooled = await Database.CreateTenantAsync(Cancel);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
