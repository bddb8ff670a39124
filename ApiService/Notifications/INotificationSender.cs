namespace TenantPlatform.ApiService.Notifications;

internal interface INotificationSender
{
    /// <summary>Returns once the message is out of our hands; throws what kept it from going.</summary>
    Task SendAsync(Message message, CancellationToken cancellationToken);
}
