using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Repeats what resources print in the AppHost's own log.</summary>
internal sealed class ResourceLogForwarder(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IHostEnvironment environment,
    ILoggerFactory factory) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var followed = new Dictionary<string, Task>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
                if (!followed.ContainsKey(change.ResourceId))
                    followed[change.ResourceId] = ForwardAsync(change, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await Task.WhenAll(followed.Values);
    }

    private async Task ForwardAsync(ResourceEvent resource, CancellationToken cancellationToken)
    {
        var logger = factory.CreateLogger($"{environment.ApplicationName}.Resources.{resource.Resource.Name}");
        try
        {
            await foreach (var lines in loggers.WatchAsync(resource.ResourceId).WithCancellation(cancellationToken))
                foreach (var line in lines)
                    logger.Log(line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, "{LineNumber}: {Line}", line.LineNumber, line.Content);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }
}
