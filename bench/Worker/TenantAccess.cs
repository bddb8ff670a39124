using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TenantPlatform.Bench.Servers;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Bench.Worker;

/// <summary>The database as the API reaches it: the same registrations, the role tp_app, a signed context for each unit of work.</summary>
internal sealed class TenantAccess : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public TenantAccess(BenchDatabase database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{DataExtensions.ConnectionName}"] = database.App,
            [$"{TenancyOptions.Section}:{nameof(TenancyOptions.SigningKey)}"] = database.Server.SigningKey,
        });
        builder.AddTenantPlatformData();
        services = builder.Services.BuildServiceProvider();
    }

    public TenantDbContext Open(BenchTenant tenant) =>
        services.GetRequiredService<TenancyDb<TenantDbContext>>().Open(TenantContext.ForTenant(tenant.Id, tenant.OwnerId));

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
