namespace TenantPlatform.ApiService.Access;

internal static class AccessCacheServices
{
    public static void AddAccessCache(this IServiceCollection services)
    {
        services.AddOptions<AccessCacheOptions>().BindConfiguration(AccessCacheOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AccessCache>();
        services.AddHostedService<AccessChangeListener>();
    }
}
