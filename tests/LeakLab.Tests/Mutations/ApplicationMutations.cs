using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Tests.Mutations;

internal static class ApplicationMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("queries have no filter", "todos")
        {
            Configure = services => ForBoth(services, options => options.ReplaceService<IModelCustomizer, WithoutFilter>()),
        },
        new("commands do not enter the tenancy", "todos")
        {
            Configure = services => ForBoth(services, options => options.AddInterceptors(new WithoutEnter())),
        },
        new("a signed context is kept and used again", "todos")
        {
            Configure = services => ForBoth(services, WithFirstContext()),
        },
        new("a pooled DbContext remembers its tenant", "todos")
        {
            Configure = services =>
            {
                ForBoth(services, options => options.AddInterceptors(Remembering.Contexts));
                services.Decorate<TenantDbContext>();
                services.Decorate<PlatformDbContext>();
            },
        },
    ];

    private static void ForBoth(IServiceCollection services, Action<DbContextOptionsBuilder> configure)
    {
        services.ConfigureDbContext<TenantDbContext>(configure);
        services.ConfigureDbContext<PlatformDbContext>(configure);
    }

    // One for each application, as the product's interceptor is.
    private static Action<DbContextOptionsBuilder> WithFirstContext()
    {
        var interceptor = new WithKeptContext();
        return options => options.AddInterceptors(interceptor);
    }

    private static void Decorate<TContext>(this IServiceCollection services)
        where TContext : TenancyDbContext
    {
        var pool = services.Last(service => service.ServiceType == typeof(IDbContextFactory<TContext>));
        services.AddSingleton<IDbContextFactory<TContext>>(provider =>
            new Remembering.Factory<TContext>((IDbContextFactory<TContext>)pool.ImplementationFactory!(provider)));
    }
}
