namespace TenantPlatform.ApiService.Notifications;

internal static class NotificationServices
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<OutboxCipher>();
        services.AddSingleton<Outbox>();
    }
}
