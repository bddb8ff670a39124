namespace TenantPlatform.ApiService.Notifications;

/// <summary>Sends nothing: shows messages in the log, and keeps the last ones for /dev/outbox of this process.</summary>
internal sealed class DevelopmentSender(ILogger<DevelopmentSender> logger, TimeProvider time) : INotificationSender
{
    private const int Capacity = 1000;

    private readonly LinkedList<DevelopmentMessage> messages = [];

    public Task SendAsync(Message message, CancellationToken cancellationToken)
    {
        logger.LogInformation("Message to {Recipient}: {Subject}\n{Text}", message.Recipient, message.Subject, message.Text);

        lock (messages)
        {
            messages.AddLast(new DevelopmentMessage(
                message.Kind, message.Recipient, message.Subject, message.Text, message.Values, time.GetUtcNow()));

            if (messages.Count > Capacity)
            {
                messages.RemoveFirst();
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The newest last.</summary>
    public DevelopmentMessage[] To(string? recipient)
    {
        lock (messages)
        {
            return [.. messages.Where(message => recipient is null || message.Recipient.Equals(recipient, StringComparison.OrdinalIgnoreCase))];
        }
    }
}

internal sealed record DevelopmentMessage(
    string Kind, string Recipient, string Subject, string Text, IReadOnlyDictionary<string, string> Values, DateTimeOffset Sent);
