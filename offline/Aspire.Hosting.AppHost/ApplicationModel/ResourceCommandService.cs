using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the commands of resources.</summary>
public class ResourceCommandService
{
    private const string LongFormPrefix = "resource-";

    private readonly ResourceNotificationService notifications;
    private readonly ResourceLoggerService loggers;
    private readonly IServiceProvider services;

    internal ResourceCommandService(
        ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
    {
        this.notifications = notifications;
        this.loggers = loggers;
        this.services = services;
    }

    /// <summary>Runs a command on one instance; failure is a result, not an exception.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (!notifications.TryGetCurrentState(resourceId, out var current))
            return CommandResults.Failure($"Resource '{resourceId}' not found.");

        return await ExecuteAsync(current.Resource, current.ResourceId, commandName, cancellationToken);
    }

    /// <summary>Runs a command on all instances of the resource at the same time.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var results = await Task.WhenAll(resource.GetResolvedResourceNames()
            .Select(id => ExecuteAsync(resource, id, commandName, cancellationToken)));

        return results.FirstOrDefault(result => !result.Success && !result.Canceled)
            ?? results.FirstOrDefault(result => result.Canceled)
            ?? results[0];
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource, string resourceId, string commandName, CancellationToken cancellationToken)
    {
        var command = Find(resource, commandName);
        if (command is null)
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{resourceId}'.");

        var logger = loggers.GetLogger(resourceId);
        logger.LogInformation("Executing command '{CommandName}'.", command.Name);
        var result = await InvokeAsync(command, resourceId, logger, cancellationToken);
        if (result.Success)
            logger.LogInformation("Successfully executed command '{CommandName}'.", command.Name);
        else
            logger.LogInformation("Failure executing command '{CommandName}'. Error message: {Error}", command.Name, result.ErrorMessage);
        return result;
    }

    private async Task<ExecuteCommandResult> InvokeAsync(
        ResourceCommandAnnotation command, string resourceId, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext
            {
                ResourceName = resourceId,
                ServiceProvider = services,
                Logger = logger,
                CancellationToken = cancellationToken,
            });
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            logger.LogError(e, "Error executing command '{CommandName}'.", command.Name);
            return CommandResults.Failure(e);
        }
    }

    /// <summary>The dashboard and older callers say "resource-start" for "start".</summary>
    private static ResourceCommandAnnotation? Find(IResource resource, string commandName)
    {
        var commands = resource.Annotations.OfType<ResourceCommandAnnotation>().ToList();
        return commands.Find(command => command.Name == commandName)
            ?? commands.Find(command => LongFormPrefix + command.Name == commandName);
    }
}
