using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Fixtures;

/// <summary>The database as the API reaches it: the same registrations, one connection pool, the role tp_app.</summary>
public sealed class AppAccess : IAsyncDisposable
{
    private readonly ServiceProvider services;

    /// <param name="configure">Runs after the registrations of the product, and may replace them.</param>
    public AppAccess(string connectionString, string signingKey, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{DataExtensions.ConnectionName}"] = connectionString,
            [$"{TenancyOptions.Section}:{nameof(TenancyOptions.SigningKey)}"] = signingKey,
        });
        builder.AddTenantPlatformData();
        configure?.Invoke(builder.Services);
        services = builder.Services.BuildServiceProvider();
    }

    public TenancyDb<PlatformDbContext> Platform => services.GetRequiredService<TenancyDb<PlatformDbContext>>();

    public TenancyDb<TenantDbContext> Tenants => services.GetRequiredService<TenancyDb<TenantDbContext>>();

    public TenantContextSigner Signer => services.GetRequiredService<TenantContextSigner>();

    /// <summary>For SQL without EF: its connections carry no tenant context.</summary>
    public NpgsqlDataSource DataSource => services.GetRequiredService<NpgsqlDataSource>();

    public IServiceProvider Services => services;

    public ValueTask DisposeAsync() => services.DisposeAsync();

    public async Task<Guid> CreateUserAsync(CancellationToken cancellationToken = default)
    {
        var user = new User { Email = $"{Guid.NewGuid():N}@example.org" };
        await using var db = Platform.Open(TenantContext.ForAuthentication);
        db.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        return user.Id;
    }

    /// <summary>A new tenant with a new user as its owner.</summary>
    public async Task<TestTenant> CreateTenantAsync(CancellationToken cancellationToken = default)
    {
        var ownerId = await CreateUserAsync(cancellationToken);
        var key = TenantKey.Generate();
        var tenant = new Tenant { Key = key, Slug = $"tenant-{key}", Name = $"Tenant {key}", CreatedBy = ownerId };
        await using var db = Platform.Open(TenantContext.ForTenant(tenant.Id, ownerId));
        db.Add(tenant);
        db.Add(new TenantUser { TenantId = tenant.Id, UserId = ownerId, Roles = [TenantRole.Owner] });
        await db.SaveChangesAsync(cancellationToken);
        return new TestTenant(tenant.Id, tenant.Key, tenant.Slug, ownerId);
    }

    /// <summary>A new user who belongs to this tenant too.</summary>
    public async Task<Guid> AddMemberAsync(TestTenant tenant, CancellationToken cancellationToken = default)
    {
        var userId = await CreateUserAsync(cancellationToken);
        await using var db = Platform.Open(TenantContext.ForTenant(tenant.Id, userId));
        db.Add(new TenantUser { TenantId = tenant.Id, UserId = userId, Roles = ["member"] });
        await db.SaveChangesAsync(cancellationToken);
        return userId;
    }
}
