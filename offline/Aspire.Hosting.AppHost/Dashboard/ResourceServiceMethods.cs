using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>The methods that the dashboard calls.</summary>
internal sealed class ResourceServiceMethods(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    string applicationName,
    TimeProvider time)
{
    private readonly DateTime started = time.GetUtcNow().UtcDateTime;

    public async Task<GrpcStatus> InvokeAsync(string method, GrpcCall call, CancellationToken cancellationToken)
    {
        switch (method)
        {
            case "GetApplicationInformation":
                await call.WriteAsync(new Wire.ApplicationInformationResponse { ApplicationName = applicationName }, cancellationToken);
                return GrpcStatus.Ok;
            case "WatchResources":
                await WatchResourcesAsync(call, cancellationToken);
                return GrpcStatus.Ok;
            case "WatchResourceConsoleLogs":
                await WatchConsoleLogsAsync(call, cancellationToken);
                return GrpcStatus.Ok;
            case "ExecuteResourceCommand":
                await ExecuteCommandAsync(call, cancellationToken);
                return GrpcStatus.Ok;
            case "WatchInteractions":
                await WatchInteractionsAsync(call, cancellationToken);
                return GrpcStatus.Ok;
            default:
                return GrpcStatus.Unimplemented;
        }
    }

    private async Task WatchResourcesAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var isFirst = true;
        await foreach (var batch in ResourceBatches.ReadAsync(notifications.WatchAsync(cancellationToken), cancellationToken))
        {
            var resources = batch.Select(change => ResourceMessages.ToMessage(change, started));
            var update = new Wire.WatchResourcesUpdate();
            if (isFirst)
                update.InitialData = new Wire.KnownResources { Resources = { resources } };
            else
                update.Changes = new Wire.ResourceChanges { Value = { resources.Select(resource => new Wire.ResourceChange { Upsert = resource }) } };

            await call.WriteAsync(update, cancellationToken);
            isFirst = false;
        }
    }

    private async Task WatchConsoleLogsAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var request = await ReadAsync(call, Wire.WatchResourceConsoleLogsRequest.Parser, cancellationToken);
        await call.OpenAsync(cancellationToken);

        var batches = request.SuppressFollow ? loggers.GetAllAsync(request.ResourceName) : loggers.WatchAsync(request.ResourceName);
        await foreach (var lines in batches.WithCancellation(cancellationToken))
        {
            var messages = lines.Select(line =>
                new Wire.ConsoleLogLine { LineNumber = line.LineNumber, Text = line.Content, IsStdErr = line.IsErrorMessage });
            await call.WriteAsync(new Wire.WatchResourceConsoleLogsUpdate { LogLines = { messages } }, cancellationToken);
        }
    }

    private async Task ExecuteCommandAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var request = await ReadAsync(call, Wire.ResourceCommandRequest.Parser, cancellationToken);
        var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, cancellationToken);

        await call.WriteAsync(new Wire.ResourceCommandResponse
        {
            Kind = result.Success ? Wire.ResourceCommandResponseKind.Succeeded
                : result.Canceled ? Wire.ResourceCommandResponseKind.Cancelled
                : Wire.ResourceCommandResponseKind.Failed,
            Message = result.Message ?? "",
            ErrorMessage = result.ErrorMessage ?? "",
        }, cancellationToken);
    }

    /// <summary>The stream must stay open: without it the dashboard says that it has lost the AppHost.</summary>
    private static async Task WatchInteractionsAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        await call.OpenAsync(cancellationToken);
        while (await call.ReadAsync(Wire.InteractionAnswer.Parser, cancellationToken) is not null)
        {
            // There are no questions, so no answer matters.
        }
    }

    private static async Task<T> ReadAsync<T>(GrpcCall call, Google.Protobuf.MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, Google.Protobuf.IMessage<T> =>
        await call.ReadAsync(parser, cancellationToken) ?? throw new InvalidDataException("The request has no message.");
}
