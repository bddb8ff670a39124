using Microsoft.AspNetCore.Authorization;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

internal static class PlatformServices
{
    public static void AddPlatformStaff(this IServiceCollection services)
    {
        services.AddSingleton<KnownStaff>();
        services.AddSingleton<KnownEntries>();
        services.AddScoped<IAuthorizationHandler, PlatformStaffHandler>();
    }

    public static void MapPlatform(this IEndpointRouteBuilder routes)
    {
        var platform = routes.MapGroup("/platform").WithTags("Platform").RequirePlatformRole(PlatformRole.Support);
        platform.MapPlatformTenants();
        platform.MapTenantEntries();
        platform.MapPlatformUsers();
        platform.MapStaff();
        platform.MapPlatformAudit();

        // Or a wrong method would be 405 to strangers, for whom there is nothing at all here.
        platform.Map("/{**path}", () => TypedResults.NotFound()).ExcludeFromDescription();
    }
}
