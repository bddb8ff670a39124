using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.ApiService.Todos;

namespace TenantPlatform.LeakLab.Tests.Http;

/// <summary>
/// The real API on a real socket, with a careless developer's addition in front of it where a test wants one.
/// The type argument only names the assembly; Program would be ambiguous with the worker's.
/// </summary>
public sealed class Api : WebApplicationFactory<CreateTodoRequest>
{
    private readonly string connectionString;
    private readonly string signingKey;
    private readonly Action<IApplicationBuilder>? front;

    public Api(string connectionString, string signingKey, Action<IApplicationBuilder>? front = null)
    {
        (this.connectionString, this.signingKey, this.front) = (connectionString, signingKey, front);
        UseKestrel(0);
        StartServer();
    }

    public Uri Address => ClientOptions.BaseAddress;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Logging:LogLevel:Default", "Critical");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Critical");
        builder.UseSetting("ConnectionStrings:tenantplatform", connectionString);
        builder.UseSetting("Tenancy:SigningKey", signingKey);
        builder.UseSetting("RateLimits:TenantRequestsPerMinute", "10000000");
        builder.UseSetting("RateLimits:SignInsPerMinute", "1000000");

        if (front is not null)
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(new Front(front)));
    }

    private sealed class Front(Action<IApplicationBuilder> front) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            front(app);
            next(app);
        };
    }
}
