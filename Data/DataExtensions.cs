using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data;

public static class DataExtensions
{
    /// <summary>Name of the connection string by which services reach the database as tp_app.</summary>
    public const string ConnectionName = "tenantplatform";


    /// <summary>
    /// Registers <see cref="TenancyDb{TContext}"/> for both planes over one connection pool, from the connection string
    /// <see cref="ConnectionName"/> and the section <see cref="TenancyOptions.Section"/>. Both use the <see cref="IInterceptor"/>s of the service.
    /// </summary>
    public static void AddTenantPlatformData(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<TenancyOptions>().BindConfiguration(TenancyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IOptionsMonitor<TenancyOptions>, TenancyOptionsMonitor>();
        services.AddSingleton(provider => DataSource(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<TenantContextSigner>();
        services.AddSingleton<ClockSkew>();
        services.AddSingleton<TenantContextInterceptor>();
        services.AddSingleton<TimestampsInterceptor>();
        services.AddSingleton<AccessChangeClock>();
        services.AddSingleton<AccessChangeCollector>();
        services.AddSingleton<AccessChangeAnnouncer>();
        services.AddTenancyDb<PlatformDbContext>();
        services.AddTenancyDb<TenantDbContext>();
    }

    /// <summary>The options that the model's policies need; the worker and the design-time tools use them without any tenant context.</summary>
    public static DbContextOptionsBuilder UseTenantPlatformModel(this DbContextOptionsBuilder options, Action<DbContextOptionsBuilder> useNpgsql)
    {
        useNpgsql(options);
        return options
            .ReplaceService<IRelationalAnnotationProvider, RowPolicyAnnotationProvider>()
            .ReplaceService<IMigrationsSqlGenerator, RowPolicySqlGenerator>();
    }

    private static void AddTenancyDb<TContext>(this IServiceCollection services)
        where TContext : TenancyDbContext
    {
        services.AddPooledDbContextFactory<TContext>((provider, options) => options
            .UseTenantPlatformModel(model => model.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()))
            .AddInterceptors(
                provider.GetRequiredService<TenantContextInterceptor>(), provider.GetRequiredService<TimestampsInterceptor>(),
                provider.GetRequiredService<AccessChangeCollector>(), provider.GetRequiredService<AccessChangeAnnouncer>())
            .AddInterceptors(provider.GetServices<IInterceptor>()));
        services.AddSingleton<TenancyDb<TContext>>();
    }

    private static NpgsqlDataSource DataSource(IConfiguration configuration) => NpgsqlDataSource.Create(
        configuration.GetConnectionString(ConnectionName) is { Length: > 0 } connectionString
            ? connectionString
            : throw new InvalidOperationException($"ConnectionStrings:{ConnectionName} is missing: start the application through the AppHost, or set it."));
}
