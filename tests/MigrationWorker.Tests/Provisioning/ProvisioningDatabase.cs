using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Provisioning;

namespace TenantPlatform.MigrationWorker.Tests.Provisioning;

/// <summary>A migrated database whose queue is one test class's alone, and the worker's services over it.</summary>
public sealed class ProvisioningDatabase : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DatabaseFixture fixture = new();
    private IHost? worker;

    public DatabaseServer Server => fixture.Server;

    public TestDatabase Database => Server.Database("tenantplatform");

    public string Owner => fixture.OwnerConnectionString;

    public TenancyDb<Data.TenantDbContext> Tenants => fixture.Tenants;

    internal TenantProvisioner Provisioner => worker!.Services.GetRequiredService<TenantProvisioner>();

    internal SparePool Spares => worker!.Services.GetRequiredService<SparePool>();

    public async ValueTask InitializeAsync()
    {
        await fixture.InitializeAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:tenantplatform-admin"] = Database.Admin,
            ["Database:OwnerPassword"] = Server.OwnerPassword,
            ["Database:AppPassword"] = Server.AppPassword,
            ["Tenancy:SigningKey"] = Server.SigningKey,
        });
        builder.Services.AddMigrationWorker();
        worker = builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        worker?.Dispose();
        await fixture.DisposeAsync();
    }

    public WorkerProcess Start(params string[] arguments) => WorkerProcess.Start(Server.WorkerSettings(Database) with { Arguments = arguments });

    public Task<WorkerResult> RunAsync(params string[] arguments) =>
        WorkerProcess.RunAsync(Server.WorkerSettings(Database) with { Arguments = arguments }, Cancel);

    /// <summary>A tenant as the API inserts it: it waits for a schema of its own, and the provisioners hear of it.</summary>
    public async Task<TestTenant> QueueAsync()
    {
        var ownerId = await fixture.App.CreateUserAsync(Cancel);
        var key = TenantKey.Generate();
        var tenant = new Tenant
        {
            Key = key,
            Slug = $"tenant-{key}",
            Name = $"Tenant {key}",
            Placement = TenantPlacement.Dedicated,
            Status = TenantStatus.Provisioning,
        };
        await using var db = fixture.Platform.Open(TenantContext.ForTenant(tenant.Id, ownerId));
        db.Add(new TenantUser { TenantId = tenant.Id, UserId = ownerId, Roles = [TenantRole.Owner], Tenant = tenant });
        await db.SaveChangesAsync(Cancel);
        await Database.App.ExecuteAsync($"select pg_notify('{TenantProvisioning.Channel}', '')");
        return new TestTenant(tenant.Id, key, tenant.Slug, ownerId);
    }

    public async Task<IReadOnlyList<TestTenant>> QueueAsync(int count)
    {
        var tenants = new List<TestTenant>();

        while (tenants.Count < count)
            tenants.Add(await QueueAsync());

        return tenants;
    }

    public async Task<NpgsqlConnection> OpenOwnerAsync()
    {
        var owner = new NpgsqlConnection(Owner);
        await owner.OpenAsync(Cancel);
        return owner;
    }

    /// <summary>All that wait, past failures included.</summary>
    internal async Task<ProvisionedTenant?> ProvisionAsync()
    {
        await using var owner = await OpenOwnerAsync();
        return await Provisioner.ProvisionNextAsync(owner, DateTimeOffset.MaxValue, Cancel);
    }

    public async Task KeepSparesAsync()
    {
        await using var owner = await OpenOwnerAsync();

        while (await Spares.KeepAsync(owner, Cancel))
        {
        }
    }

    public Task<string?> StatusAsync(TestTenant tenant) => Owner.ScalarAsync<string>($"select status from platform.tenants where id = '{tenant.Id}'");

    public Task<bool> HasSchemaAsync(TestTenant tenant) =>
        Owner.ScalarAsync<bool>($"select exists (select from pg_namespace where nspname = 'tenant_{tenant.Key}')");

    public Task<long> SparesAsync() => Owner.ScalarAsync<long>("select count(*) from platform.tenant_schemas where tenant_id is null");

    /// <summary>Schemas that the ledger does not know, or that have no tenant, and rows of the ledger without a schema.</summary>
    public Task<string?> OrphansAsync() => Owner.ScalarAsync<string>("""
        select string_agg(coalesce(n.nspname, s.name), ', ')
        from (select nspname from pg_namespace where nspname ~ '^(tenant|spare)_') n
        full join (select name, tenant_id from platform.tenant_schemas where applied_migration is not null) s on s.name = n.nspname
        left join platform.tenants t on t.id = s.tenant_id
        where s.name is null or n.nspname is null or (s.tenant_id is not null and (t.status <> 'active' or s.name <> 'tenant_' || t.key))
        """);

    public static async Task UntilAsync(Func<Task<bool>> condition, WorkerProcess? worker = null)
    {
        using var patience = new CancellationTokenSource(Patience);

        while (!await condition())
        {
            Assert.False(worker?.HasExited is true, worker?.Output);
            Assert.False(patience.IsCancellationRequested, $"Waited for {Patience.TotalSeconds} s.\n{worker?.Output}");
            await Task.Delay(20, Cancel);
        }
    }
}
