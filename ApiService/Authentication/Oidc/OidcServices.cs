using Microsoft.AspNetCore.Authentication;

namespace TenantPlatform.ApiService.Authentication.Oidc;

internal static class OidcServices
{
    /// <summary>Accepts tokens of the issuer in <see cref="OidcOptions.Section"/>. Without one there is no such scheme.</summary>
    public static void AddExternalIdentity(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(OidcOptions.Section);
        builder.Services.AddOptions<OidcOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();

        if (string.IsNullOrEmpty(section[nameof(OidcOptions.Authority)]))
        {
            return;
        }

        builder.Services.AddSingleton<IssuerClient>();
        builder.Services.AddSingleton<IssuerKeys>();
        builder.Services.AddSingleton<TokenVerifier>();
        builder.Services.AddSingleton<ExternalUsers>();
        builder.Services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, OidcAuthenticationHandler>(OidcAuthenticationHandler.SchemeName, null);

        // Our own tokens have no dots.
        builder.Services.Configure<AuthenticationSchemeOptions>(SessionAuthenticationHandler.SchemeName, session =>
            session.ForwardDefaultSelector = http =>
                SignedToken.LooksLikeOne(BearerToken.Read(http.Request)) ? OidcAuthenticationHandler.SchemeName : null);
    }
}
