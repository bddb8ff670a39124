using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using TenantPlatform.ApiService.Identity;
using TenantPlatform.ApiService.Platform;
using TenantPlatform.ApiService.Tenancy;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Authentication;

internal static class AuthenticationServices
{
    public static void AddSessionAuthentication(this IServiceCollection services)
    {
        services.AddOptions<SessionLifetimeOptions>().BindConfiguration(SessionLifetimeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddAuthentication(SessionAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthenticationHandler>(SessionAuthenticationHandler.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.User, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.TenantMember, policy => policy.RequireAuthenticatedUser().AddRequirements(new TenantMemberRequirement()))
            .AddPolicy(Policies.PlatformStaff, policy => policy.RequireAuthenticatedUser().AddRequirements(new PlatformStaffRequirement()));
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SessionIssuer>();
        services.AddSingleton<KnownSessions>();
    }
}
