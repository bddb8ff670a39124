using TenantPlatform.ServiceDefaults;

namespace TenantPlatform.MigrationWorker;

/// <summary>The host around a verb: configuration, logs and telemetry, which is flushed before the process ends.</summary>
internal static class Worker
{
    /// <param name="configure">Replaces services, for a worker that is not quite this one.</param>
    /// <returns>The verb's exit code, or 1 when it failed.</returns>
    public static async Task<int> RunAsync(
        string[] args, Func<IServiceProvider, CancellationToken, Task<int>> verb, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddServiceDefaults();
        builder.Services.AddMigrationWorker();
        configure?.Invoke(builder.Services);
        using var host = builder.Build();

        // Straight-line code, no BackgroundService: one that throws ends the host with exit code 0, and the API would start on a half-migrated database.
        try
        {
            await host.StartAsync();
            return await verb(host.Services, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        }
        catch (Exception exception)
        {
            host.Services.GetRequiredService<ILogger<Program>>().LogCritical(exception, "The database is not ready");
            await Console.Error.WriteLineAsync($"The database is not ready: {string.Join(' ', Reasons(exception))}");
            return 1;
        }
        finally
        {
            await host.StopAsync();
        }
    }

    // EF wraps what PostgreSQL says into "likely due to a transient failure".
    private static IEnumerable<string> Reasons(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception.Message;
        }
    }
}
