using TenantPlatform.Data;
using TenantPlatform.Data.Notifications;

namespace TenantPlatform.ApiService.Notifications;

/// <summary>Where messages to people begin: a row in the transaction that gives rise to them, so that both happen or neither does.</summary>
internal sealed class Outbox(OutboxCipher cipher, TimeProvider time)
{
    // The replica that writes a message sends it right after the commit; the others leave it alone unless that one has died.
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(30);

    /// <summary>Adds the message to <paramref name="db"/>, in any scope; the caller saves. It is sent after the commit.</summary>
    public void Add(PlatformDbContext db, Notification notification)
    {
        var id = Guid.CreateVersion7();
        db.OutboxMessages.Add(new OutboxMessage
        {
            Id = id,
            Kind = notification.Kind,
            Recipient = notification.Recipient,
            Payload = cipher.Encrypt(id, notification.Values),
            NextAttempt = time.GetUtcNow() + HeadStart,
        });
    }
}
