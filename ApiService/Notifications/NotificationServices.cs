using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace TenantPlatform.ApiService.Notifications;

internal static class NotificationServices
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddOptions<NotificationOptions>().BindConfiguration(NotificationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<NotificationOptions>, NotificationOptionsValidator>();
        services.AddSingleton<OutboxCipher>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<OutboxSignal>());
        services.AddSingleton<OutboxTelemetry>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<INotificationSender>(Sender);
        services.AddHostedService<OutboxDispatcher>();
    }

    private static INotificationSender Sender(IServiceProvider provider) =>
        string.IsNullOrEmpty(provider.GetRequiredService<IOptions<NotificationOptions>>().Value.Host)
            ? ActivatorUtilities.CreateInstance<DevelopmentSender>(provider)
            : ActivatorUtilities.CreateInstance<SmtpSender>(provider);
}

/// <summary>Messages must go somewhere: an API that silently kept them to itself would let nobody sign up.</summary>
internal sealed class NotificationOptionsValidator(IHostEnvironment environment) : IValidateOptions<NotificationOptions>
{
    public ValidateOptionsResult Validate(string? name, NotificationOptions options) => options switch
    {
        { Host: null or "" } when !environment.IsDevelopment() => ValidateOptionsResult.Fail(
            "Notifications:Host is missing: name the SMTP server that sends messages to people. Only Development does without."),
        { Host: { Length: > 0 }, From: null or "" } => ValidateOptionsResult.Fail(
            "Notifications:From is missing: give the email address that messages come from."),
        { Host: { Length: > 0 }, LinkBase: null or "" } => ValidateOptionsResult.Fail(
            "Notifications:LinkBase is missing: say where people reach the API, for example https://api.example.com."),
        _ => ValidateOptionsResult.Success,
    };
}
