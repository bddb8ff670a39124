using Microsoft.AspNetCore.Authorization;
using TenantPlatform.ApiService.Access;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Tenancy;

internal static class TenancyServices
{
    public static void AddTenantMembership(this IServiceCollection services)
    {
        services.AddOptions<TenantOptions>().BindConfiguration(TenantOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<CurrentTenant>();
        services.AddSingleton<KnownMemberships>();
        services.AddSingleton<RolePermissions>();
        services.AddSingleton<MemberAdmission>();
        services.AddSingleton<MemberRemoval>();
        services.AddSingleton<InvitationIssuer>();
        services.AddSingleton<TeamInvitationIssuer>();
        services.AddSingleton<InvitationAcceptance>();
        services.AddScoped<IAuthorizationHandler, TenantMemberHandler>();
        services.AddScoped(provider =>
            provider.GetRequiredService<TenancyDb<TenantDbContext>>().Open(provider.GetRequiredService<CurrentTenant>().Context));
    }
}
