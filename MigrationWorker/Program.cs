using TenantPlatform.MigrationWorker;
using TenantPlatform.ServiceDefaults;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddMigrationWorker();
using var host = builder.Build();

// Straight-line code, no BackgroundService: one that throws ends the host with exit code 0, and the API would start on a half-migrated database.
try
{
    await host.StartAsync();
    await host.Services.GetRequiredService<DatabaseSetup>().RunAsync(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    return 0;
}
catch (Exception exception)
{
    host.Services.GetRequiredService<ILogger<Program>>().LogCritical(exception, "The database is not ready");
    await Console.Error.WriteLineAsync($"The database is not ready: {exception.Message}");
    return 1;
}
finally
{
    await host.StopAsync();
}
