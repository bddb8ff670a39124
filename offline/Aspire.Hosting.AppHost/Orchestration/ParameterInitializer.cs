using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Finds the value of every parameter, or says which one is missing.</summary>
internal sealed class ParameterInitializer(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    DistributedApplicationOptions options,
    ILogger<DistributedApplication> console)
{
    public async Task InitializeAsync(DistributedApplicationModel model)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            parameter.Pending = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                var value = parameter.CurrentValue;
                await PublishAsync(parameter, value, KnownResourceStates.Running);
                parameter.Pending.SetResult(value);
            }
            catch (Exception e)
            {
                await ReportAsync(parameter, e);
            }
        }
    }

    private async Task ReportAsync(ParameterResource parameter, Exception e)
    {
        var missing = e is MissingParameterValueException;
        var logger = loggers.GetLogger(parameter);
        if (missing && !options.DisableDashboard)
        {
            logger.LogWarning("Parameter resource {ResourceName} could not be initialized. Waiting for user input.", parameter.Name);
            console.LogWarning(
                "Parameter '{Parameter}' has no value, so what needs it cannot start. Set {Key} (as environment variable {Variable}, or with 'dotnet user-secrets set') and start again.",
                parameter.Name, parameter.ConfigurationKey, parameter.ConfigurationKey.Replace(":", "__", StringComparison.Ordinal));
        }
        else
        {
            logger.LogError(e, "Failed to initialize parameter resource {ResourceName}.", parameter.Name);
            parameter.Pending!.SetException(e);
        }

        var state = missing
            ? new ResourceStateSnapshot(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn)
            : new ResourceStateSnapshot("Error initializing parameter", KnownResourceStateStyles.Error);
        await PublishAsync(parameter, e.Message, state);
    }

    private Task PublishAsync(ParameterResource parameter, string value, ResourceStateSnapshot? state) =>
        notifications.PublishUpdateAsync(parameter, snapshot => snapshot with
        {
            State = state,
            Properties = [.. snapshot.Properties.Where(property => property.Name != "Value"), new("Value", value) { IsSensitive = parameter.Secret }],
        });
}
