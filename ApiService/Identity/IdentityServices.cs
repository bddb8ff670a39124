namespace TenantPlatform.ApiService.Identity;

internal static class IdentityServices
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<OneTimeTokens>();
        services.AddSingleton<PasswordGate>();
        services.AddSingleton<SignUps>();
        services.AddSingleton<SignUpReminder>();
        services.AddSingleton<PasswordRecovery>();
        services.AddSingleton<EmailChanges>();
        services.AddSingleton<AccountDeletion>();
    }
}
