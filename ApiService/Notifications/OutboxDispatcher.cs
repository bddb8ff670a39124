using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TenantPlatform.Data.Notifications;

namespace TenantPlatform.ApiService.Notifications;

/// <summary>Sends what is in the outbox, at least once, on every replica: at once what was written here, in time what is due again.</summary>
internal sealed class OutboxDispatcher(
    OutboxQueue queue, OutboxSignal signal, OutboxCipher cipher, MessageWriter writer, INotificationSender sender, OutboxTelemetry telemetry,
    IOptions<NotificationOptions> options, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int Senders = 8;
    private const int MaximumFresh = 100;

    private const int MinimumPauseMilliseconds = 50;
    private const int MaximumPauseMilliseconds = 250;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    private readonly TimeSpan pollInterval = TimeSpan.FromSeconds(options.Value.PollSeconds);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        ClaimedAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = stoppingToken },
        DeliverAsync);

    private async IAsyncEnumerable<OutboxMessage> ClaimedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var fresh = await signal.WaitAsync(MaximumFresh, pollInterval, cancellationToken);

            // On a busy machine, sending at the same moment would slow down the answer, whose time would tell that there is a message.
            await Task.Delay(Random.Shared.Next(MinimumPauseMilliseconds, MaximumPauseMilliseconds), cancellationToken);
            List<OutboxMessage> claimed;

            do
            {
                claimed = await ClaimAsync(fresh, cancellationToken);

                foreach (var message in claimed)
                {
                    yield return message;
                }
            }
            while (claimed.Count == Senders);
        }
    }

    // Messages wait for a database that does not answer; the host must not end because of it.
    private async Task<List<OutboxMessage>> ClaimAsync(Guid[] fresh, CancellationToken cancellationToken)
    {
        using var unrecorded = OutboxTelemetry.StartPoll();

        try
        {
            var claimed = await queue.ClaimAsync(fresh, Senders, cancellationToken);
            telemetry.Pending = await queue.CountPendingAsync(cancellationToken);
            return claimed;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning("The outbox cannot be read, messages wait: {Reason}", e.GetBaseException().Message);
            return [];
        }
    }

    private async ValueTask DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var span = OutboxTelemetry.StartDelivery(message);

        try
        {
            if (await TrySendAsync(message, cancellationToken) is not { } failure)
            {
                await queue.MarkSentAsync(message, cancellationToken);
                telemetry.CountSent(message);
                return;
            }

            var again = await queue.MarkFailedAsync(message, failure, cancellationToken);
            telemetry.CountFailed(message, givenUp: !again);
            span?.SetStatus(ActivityStatusCode.Error, failure);
            logger.LogWarning(
                "Message {Id} of kind {Kind} was not sent, {Outcome}: {Reason}", message.Id, message.Kind, again ? "will be tried again" : "is given up", failure);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning("What became of message {Id} was not kept, so it is tried again: {Reason}", message.Id, e.GetBaseException().Message);
        }
    }

    /// <summary>Null if it is sent, else why not. Another replica may have the key that this one lacks.</summary>
    private async Task<string?> TrySendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AttemptTimeout);

        try
        {
            var values = cipher.Decrypt(message.Id, message.Payload);
            await sender.SendAsync(writer.Write(new Notification(message.Kind, message.Recipient, values)), timeout.Token);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Describe(e);
        }
    }

    private static string Describe(Exception failure) => failure switch
    {
        CryptographicException => "What it says was encrypted under another Tenancy:SigningKey than this replica has.",
        OperationCanceledException => $"There was no answer within {AttemptTimeout.TotalSeconds:0} seconds.",
        _ => failure.GetBaseException().Message,
    };
}
