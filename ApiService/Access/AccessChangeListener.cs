using Microsoft.Extensions.Options;
using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.AccessChanges;

namespace TenantPlatform.ApiService.Access;

/// <summary>
/// Hears what other processes have changed, on a connection of its own: LISTEN belongs to the connection, and would be gone when
/// a pool hands it to the next.
/// </summary>
internal sealed class AccessChangeListener(
    IConfiguration configuration, IOptions<AccessCacheOptions> options, AccessCache cache, AccessChangeClock changes, TimeProvider time,
    ILogger<AccessChangeListener> logger) : BackgroundService
{
    // Where the ordinary connection string leads to a transaction pooler.
    private const string ConnectionName = DataExtensions.ConnectionName + "-direct";

    private const string ApplicationName = "tenantplatform-listener";

    private const int SilenceSeconds = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var delay = FirstDelay; options.Value.Listen && !stoppingToken.IsCancellationRequested; delay = Longer(delay))
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // One that worked for a while has nothing to do with the failures before it.
                delay = cache.Hears ? FirstDelay : delay;
                logger.LogWarning("Changes of other processes are not heard, and nothing is remembered for long: {Reason}", e.GetBaseException().Message);
            }
            finally
            {
                cache.Hears = false;
            }

            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString());
        connection.Notification += (_, notification) => changes.Apply(AccessChangeNotification.Read(notification.Payload));
        await connection.OpenAsync(cancellationToken);
        await using var listen = new NpgsqlCommand($"listen {AccessChangeNotification.Channel}", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        cache.Hears = true;

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    // Npgsql asks the server after each silence whether it is still there.
    private string ConnectionString()
    {
        var connectionString = new NpgsqlConnectionStringBuilder(
            configuration.GetConnectionString(ConnectionName) ?? configuration.GetConnectionString(DataExtensions.ConnectionName))
        {
            Pooling = false,
            KeepAlive = SilenceSeconds,
            Timeout = SilenceSeconds,
            CommandTimeout = SilenceSeconds,
        };
        connectionString.ApplicationName ??= ApplicationName;
        return connectionString.ConnectionString;
    }

    private static TimeSpan Longer(TimeSpan delay) => delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
}
