using Microsoft.Extensions.Options;

namespace TenantPlatform.ApiService.Health;

internal static class DatabaseHealth
{
    public static void AddDatabaseHealth(this IServiceCollection services)
    {
        services.AddSingleton<DatabasePosture>();
        services.AddSingleton<DatabaseReadiness>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
    }

    /// <summary>Serves requests until stopped and returns 0, or says in the log why it must not serve and returns 1.</summary>
    public static async Task<int> RunWhenDatabaseIsReadyAsync(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.Services.GetRequiredService<DatabaseReadiness>().RequireAsync(app.Lifetime.ApplicationStopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            app.Logger.LogCritical("The API does not start: {Reason}", e.Message);
            return 1;
        }

        await app.RunAsync();
        return 0;
    }
}
